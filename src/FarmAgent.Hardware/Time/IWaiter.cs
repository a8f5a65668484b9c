namespace FarmAgent.Hardware.Time;

/// <summary>
/// Time as the bench sees it. Code that drives hardware waits and measures here, never by the host's clock, so that a virtual bench in
/// lockstep can advance its own time instead. Leases and RPC deadlines do not use this: they are always wall time.
/// </summary>
public interface IWaiter
{
    /// <summary>Time since the bench started: monotone, and virtual on a virtual bench.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>Waits on the bench's clock.</summary>
    /// <param name="duration">How long; zero or less returns at once.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <exception cref="OperationCanceledException">The wait was ended early.</exception>
    void Wait(TimeSpan duration, CancellationToken cancellationToken);
}
