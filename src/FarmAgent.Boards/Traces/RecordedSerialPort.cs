using FarmAgent.Hardware.Serial;

namespace FarmAgent.Boards.Traces;

/// <summary>A serial port, recorded.</summary>
internal sealed class RecordedSerialPort(ISerialPort inner, FlightRecorder recorder, TraceSource source) : ISerialPort
{
    public string Name => inner.Name;

    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        var count = inner.Read(buffer, timeout);
        if (count > 0)
        {
            // When the first byte came is not known: the wait for it is no part of the traffic.
            var now = recorder.Now;
            recorder.Add(source, TraceAction.SerialIn, TraceOutcomes.Ok, now, now, 0, [], buffer[..count]);
        }

        return count;
    }

    public void Write(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        var start = recorder.Now;
        var outcome = TraceOutcomes.Fault;
        try
        {
            inner.Write(data, timeout);
            outcome = TraceOutcomes.Ok;
        }
        finally
        {
            recorder.Add(source, TraceAction.SerialOut, outcome, start, recorder.Now, 0, data, []);
        }
    }

    public void Dispose() => inner.Dispose();
}
