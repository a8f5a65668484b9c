using FarmAgent.Flashing.Planning;

namespace FarmAgent.Flashing.Programming;

/// <summary>Is told of every intent before the first sector changes, so that a crash leaves a trace of what became undefined.</summary>
public interface IFlashJournal
{
    /// <summary>Called once per flash, after the plan is made and before anything is erased; not called when the plan changes nothing.</summary>
    /// <param name="plan">What will be done.</param>
    void Intend(FlashPlan plan);

    /// <summary>Called before an erase.</summary>
    /// <param name="ranges">What will be erased.</param>
    void IntendErase(IReadOnlyList<AddressRange> ranges);
}
