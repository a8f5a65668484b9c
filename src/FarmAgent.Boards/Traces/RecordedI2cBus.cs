using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Traces;

/// <summary>
/// An adapter as one board uses it, recorded. Boards may share an adapter, which is opened anew after it was lost: so the bus behind this
/// is set for each job, by the adapter's one thread, and belongs to somebody else.
/// </summary>
internal sealed class RecordedI2cBus(string name, FlightRecorder recorder) : II2cBus
{
    private readonly TraceSource _source = recorder.AddSource(TraceChannel.I2c, name);
    private II2cBus? _inner;

    public string Name => Inner.Name;

    private II2cBus Inner => _inner ?? throw new InvalidOperationException("No bus is behind the recorder.");

    public RecordedI2cBus Over(II2cBus bus)
    {
        _inner = bus;
        return this;
    }

    public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
    {
        var start = recorder.Now;
        var outcome = TraceOutcomes.Fault;
        var count = 0;
        try
        {
            var result = Inner.Transfer(address, write, read, timeout);
            (outcome, count) = (TraceOutcomes.Of(result.Status), result.BytesRead);
            return result;
        }
        finally
        {
            // The number of bytes wanted stands above the address: a read that was refused is a read all the same.
            recorder.Add(_source, TraceAction.I2cTransfer, outcome, start, recorder.Now, address.Value | (read.Length << 8), write, read[..count]);
        }
    }

    public I2cLineLevels ReadLines() => Inner.ReadLines();

    public void Dispose()
    {
        // Whoever opened the bus closes it.
    }
}
