using FarmAgent.Simulation.Faults;

namespace FarmAgent.Simulation.Bench;

/// <summary>What faults do to the bench's hardware. All called under the bench's lock.</summary>
public sealed partial class VirtualBench
{
    /// <summary>Where the chip's power-on reset ends, typically (DS5319 table 10).</summary>
    private const double PowerOnResetVolts = 1.92;

    private int _holdAt;
    private int _halfWords;
    private TimeSpan _holdLimit = BenchFault.DefaultHoldLimit;

    internal void ArmHold(int halfWord, TimeSpan limit)
    {
        ReleaseHold();
        _holdAt = halfWord;
        _halfWords = 0;
        _holdLimit = limit;
    }

    /// <summary>Lets a held flash go on, or disarms a hold that was not reached.</summary>
    internal void ReleaseHold()
    {
        _holdAt = 0;
        Chip.Flash.ReleaseHold();
        Clock.Thaw();
    }

    /// <summary>Volts on the chip's supply pins.</summary>
    internal double SupplyVolts { get; private set; }

    internal void SetPower(bool on)
    {
        SupplyVolts = on ? Description.Target.SupplyVolts : 0;
        Chip.SetPower(SupplyVolts >= PowerOnResetVolts);
        _dap.PowerOnReset();
    }

    private void ConnectHold()
    {
        Chip.Flash.HoldsHalfWord = HoldsHalfWord;
        Chip.Flash.HeldOperationBroken = () => EndHold("the chip was reset");
    }

    /// <summary>Asked at the start of each half-word: at the armed one the flash stays busy and the bench's time stands still.</summary>
    private bool HoldsHalfWord()
    {
        if (_holdAt == 0 || ++_halfWords != _holdAt)
        {
            return false;
        }

        Clock.Freeze(_holdLimit, () => EndHold($"its limit of {_holdLimit.TotalSeconds:F0} s has passed"));
        NoticeBoard.Add("fault", $"flash is held at half-word {_halfWords}; the bench's time stands still");
        return true;
    }

    private void EndHold(string why)
    {
        ReleaseHold();
        Faults.HoldEnded(why);
    }
}
