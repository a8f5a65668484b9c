using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Time;
using FarmAgent.Simulation.Tracing;

namespace FarmAgent.Simulation.I2c;

/// <summary>The bench's I2C adapter as its host sees it.</summary>
internal sealed class VirtualI2cBus(string name, I2cController controller, BenchClock clock, BenchTrace trace) : II2cBus
{
    /// <summary>
    /// What a small Linux host takes around a transfer. Firmware relies on it without knowing: a slave that prints in its interrupt would miss a
    /// START that follows STOP at once, and a pin that it sets after STOP would be read too early.
    /// </summary>
    internal const long SetUpTime = 60 * BenchTime.Microsecond;

    internal const long CompletionTime = 40 * BenchTime.Microsecond;

    private bool _closed;

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        address.ThrowIfNotSevenBit();
        var transaction = new I2cTransaction(address.Value, write.ToArray(), read.Length) { SetUpTime = SetUpTime, CompletionTime = CompletionTime };
        var until = BenchTime.After(BenchTime.From(clock.Elapsed), BenchTime.From(timeout));
        if (!TryBegin(transaction, until))
        {
            return new I2cTransferResult(I2cTransferStatus.Timeout, 0, 0);
        }

        clock.WaitFor(() => transaction.Status is not null, until, CancellationToken.None);
        lock (clock.Gate)
        {
            controller.Abandon(transaction);
            if (trace.IsOn)
            {
                trace.Note(TraceChannel.I2c, $"{Name} {address}", write, transaction.Read.AsSpan(0, transaction.BytesRead), $"{transaction.Status}");
            }
        }

        transaction.Read.AsSpan(0, transaction.BytesRead).CopyTo(read);
        return transaction.ToResult();
    }

    /// <inheritdoc/>
    public I2cLineLevels ReadLines()
    {
        lock (clock.Gate)
        {
            clock.CatchUp();
            return controller.Levels;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _closed = true;

    /// <summary>Waits for an adapter that another opener uses, as the kernel's adapter lock does.</summary>
    private bool TryBegin(I2cTransaction transaction, long until)
    {
        while (true)
        {
            if (!clock.WaitFor(() => !controller.IsBusy, until, CancellationToken.None))
            {
                return clock.IsOpen
                    ? false
                    : throw new HardwareException("I2C_ADAPTER_LOST", $"The I2C adapter {Name} is gone: the virtual bench was closed. Open the bench again.");
            }

            lock (clock.Gate)
            {
                if (!controller.IsBusy)
                {
                    controller.Begin(transaction);
                    return true;
                }
            }
        }
    }
}
