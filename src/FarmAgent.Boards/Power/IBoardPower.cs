using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Power;

/// <summary>
/// A board's supply. Calls wait on the bench's clock for the times that the board's file gives, one call at a time; a cycle always ends with the supply on,
/// whatever becomes of the caller. Thread-safe; does not wait behind a flash.
/// </summary>
public interface IBoardPower
{
    /// <summary>The switch as described.</summary>
    PowerDescription Description { get; }

    /// <summary>Why the switch failed last, with the next step; null while it works.</summary>
    string? Problem { get; }

    /// <summary>True while the supply is on.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>).</exception>
    /// <exception cref="HardwareException">The switch cannot be used (<c>GPIO_LINE_UNKNOWN</c>, <c>GPIO_LINE_BUSY</c>, <c>USB_PORT_UNKNOWN</c>, …).</exception>
    bool IsOn(LeaseToken token);

    /// <summary>Switches the supply. Where that switches it on, returns after the board's settling time.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="on">True for on.</param>
    /// <param name="cancellationToken">Ends the wait, not the switching.</param>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>).</exception>
    /// <exception cref="HardwareException">The switch cannot be used.</exception>
    void Switch(LeaseToken token, bool on, CancellationToken cancellationToken);

    /// <summary>Off, a wait, on, and the board's settling time.</summary>
    /// <param name="token">The right to touch the board; when it ends meanwhile, the supply comes on at once.</param>
    /// <param name="offTime">How long it is off; null for the time in the board's file.</param>
    /// <param name="cancellationToken">Switches on at once and ends the wait.</param>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>).</exception>
    /// <exception cref="HardwareException">The switch cannot be used.</exception>
    void Cycle(LeaseToken token, TimeSpan? offTime, CancellationToken cancellationToken);
}
