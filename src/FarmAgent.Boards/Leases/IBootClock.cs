namespace FarmAgent.Boards.Leases;

/// <summary>Time since the host was booted, sleep included, and which boot that was. Leases run on it, so that setting the wall clock changes nothing.</summary>
public interface IBootClock
{
    /// <summary>The kernel's boot id, another one after each boot.</summary>
    string BootId { get; }

    /// <summary>Time since boot.</summary>
    TimeSpan Now { get; }
}
