namespace FarmAgent.Hardware.Gpio;

/// <summary>Which changes of level are reported.</summary>
[Flags]
public enum GpioEdges
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>From low to high.</summary>
    Rising = 1,

    /// <summary>From high to low.</summary>
    Falling = 2,

    /// <summary>Both.</summary>
    Both = Rising | Falling,
}

/// <summary>One change of level.</summary>
/// <param name="Rising">True from low to high.</param>
/// <param name="Time">When, on the bench's clock (<see cref="FarmAgent.Hardware.Time.IWaiter.Elapsed"/>); the kernel's own time on a real host, not that of its delivery.</param>
/// <param name="Sequence">Counts from 1; a gap says how many were lost because nobody took them.</param>
public readonly record struct GpioEdge(bool Rising, TimeSpan Time, uint Sequence);

/// <summary>Changes of level of one line, in order, from the moment it was made until it is disposed.</summary>
public interface IGpioEdgeStream : IDisposable
{
    /// <summary>Takes the next change.</summary>
    /// <param name="timeout">Limit of the wait, in wall time.</param>
    /// <param name="edge">The change.</param>
    /// <returns>False when the limit passed.</returns>
    /// <exception cref="HardwareException">The line is gone (<c>GPIO_LINE_LOST</c>).</exception>
    bool TryRead(TimeSpan timeout, out GpioEdge edge);
}
