using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Serial;

/// <summary>
/// A serial port of the bench's host: receives what the chip sends while somebody has it open, and sends with the timing of its settings.
/// What arrives while it is closed is lost, as on a real host.
/// </summary>
internal sealed class HostUart(string name, BenchClock clock, SerialWire? toChip) : IDisposable
{
    private const int ReceiveCapacity = 64 * 1024;
    private const int SendCapacity = 4 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<byte> _received = new();
    private readonly ManualResetEventSlim _arrived = new(initialState: false);
    private SerialSettings? _settings;
    private long _lineFreeAt;
    private int _sending;

    public string Name { get; } = name;

    /// <summary>True while somebody has it open.</summary>
    public bool IsOpen => _settings is not null;

    /// <summary>Called once the bench is gone.</summary>
    public bool IsHungUp => !clock.IsOpen;

    public void Open(SerialSettings settings)
    {
        lock (_lock)
        {
            _received.Clear();
            _arrived.Reset();
        }

        _settings = settings;
    }

    public void Close() => _settings = null;

    /// <summary>Wakes a reader so that it sees that the port is gone.</summary>
    public void HangUp() => _arrived.Set();

    /// <inheritdoc/>
    public void Dispose() => _arrived.Dispose();

    /// <summary>A frame from the chip has ended. Called under the bench's lock.</summary>
    public void Receive(SerialFrame frame)
    {
        // A frame that the host's receiver has missed is gone; a tty tells its reader nothing of it.
        if (_settings is not { } settings || frame.IsMissed)
        {
            return;
        }

        var reception = frame.Decode(settings);
        lock (_lock)
        {
            if (_received.Count == ReceiveCapacity)
            {
                _received.Dequeue();
            }

            // A tty without INPCK and PARMRK passes a character with a wrong parity on, and reads one with a broken stop bit as 0.
            _received.Enqueue(reception.FramingError ? (byte)0 : (byte)reception.Value);
            _arrived.Set();
        }
    }

    /// <summary>Waits in wall time for at least one byte.</summary>
    public bool WaitForBytes(TimeSpan timeout) => _arrived.Wait(timeout);

    /// <summary>Takes what is there.</summary>
    public int Take(Span<byte> buffer)
    {
        lock (_lock)
        {
            var count = 0;
            while (count < buffer.Length && _received.TryDequeue(out var value))
            {
                buffer[count++] = value;
            }

            if (_received.Count == 0)
            {
                _arrived.Reset();
            }

            return count;
        }
    }

    /// <summary>Puts bytes into the send buffer while there is room.</summary>
    /// <returns>How many were taken.</returns>
    public int Send(ReadOnlySpan<byte> data)
    {
        lock (clock.Gate)
        {
            clock.CatchUp();
            var taken = 0;
            while (taken < data.Length && _sending < SendCapacity && _settings is { } settings)
            {
                var frame = SerialFrame.Encode(data[taken++], settings);
                _lineFreeAt = Math.Max(_lineFreeAt, clock.Now) + frame.Duration;
                _sending++;
                clock.Schedule(_lineFreeAt, () => Sent(frame));
            }

            return taken;
        }
    }

    private void Sent(SerialFrame frame)
    {
        _sending--;
        toChip?.Deliver(frame);
    }
}
