using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.Linux.Time;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>Edges of a held line, with the time at which the kernel saw them.</summary>
internal sealed class GpioEdgeStream(GpioLineRequest line, GpioBias bias, MonotonicWaiter clock) : IGpioEdgeStream
{
    private uint? _first;

    /// <summary>False once disposed.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <inheritdoc/>
    public bool TryRead(TimeSpan timeout, out GpioEdge edge)
    {
        ObjectDisposedException.ThrowIf(!IsOpen, this);
        if (!line.TryReadEvent(timeout, out var found))
        {
            edge = default;
            return false;
        }

        // The kernel counts on from earlier watches of the same holding.
        _first ??= found.LineSequence;
        edge = new GpioEdge(found.Id == GpioUapi.EventRising, clock.FromKernel(found.Nanoseconds), found.LineSequence - _first.Value + 1);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        try
        {
            line.ConfigureInput(bias);
            while (line.TryReadEvent(TimeSpan.Zero, out _))
            {
                // What came after the last read belongs to nobody.
            }
        }
        catch (FarmException)
        {
            // The chip is gone, and its events with it.
        }
    }
}
