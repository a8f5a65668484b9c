using FarmAgent.Hardware;
using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Serial;

/// <summary>A host serial port while somebody holds it. The reader waits in wall time; in lockstep bytes come as the bench's time is moved.</summary>
internal sealed class VirtualSerialPort(HostUart uart, BenchClock clock) : ISerialPort
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private bool _closed;

    /// <inheritdoc/>
    public string Name => uart.Name;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        ThrowIfLost();
        if (buffer.IsEmpty || !uart.WaitForBytes(timeout))
        {
            return 0;
        }

        ThrowIfLost();
        return uart.Take(buffer);
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        ThrowIfLost();
        var sent = uart.Send(data);
        using var full = new ManualResetEventSlim(initialState: false);
        for (var waited = TimeSpan.Zero; sent < data.Length && waited < timeout; waited += Poll)
        {
            // Room comes as the bench's time moves on: by itself in realtime, by this wait in lockstep.
            if (clock.Mode == BenchClockMode.Lockstep)
            {
                clock.Wait(Poll, CancellationToken.None);
            }
            else
            {
                full.Wait(Poll);
            }

            ThrowIfLost();
            sent += uart.Send(data[sent..]);
        }

        if (sent < data.Length)
        {
            throw new HardwareException("SERIAL_TIMEOUT",
                $"Sending on {Name} stopped: {sent} of {data.Length} bytes were taken within {timeout.TotalMilliseconds:F0} ms. Send less, or allow more time.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            uart.Close();
        }
    }

    private void ThrowIfLost()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (uart.IsHungUp)
        {
            throw new HardwareException("SERIAL_LOST", $"The serial port {Name} is gone: the virtual bench was closed. Open the bench again.");
        }
    }
}
