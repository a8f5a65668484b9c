using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Boards.Traces;

/// <summary>A host line, recorded: what was asked of it, and its changes while somebody watches.</summary>
internal sealed class RecordedGpioLine(IGpioLine inner, FlightRecorder recorder, TraceSource source) : IGpioLine
{
    public string Name => inner.Name;

    public GpioDirection Direction => inner.Direction;

    public void ConfigureInput(GpioBias bias) => Around(TraceAction.GpioInput, (int)bias, () => inner.ConfigureInput(bias));

    public void ConfigureOutput(bool initialHigh) => Around(TraceAction.GpioOutput, initialHigh ? 1 : 0, () => inner.ConfigureOutput(initialHigh));

    public bool Read()
    {
        var start = recorder.Now;
        var high = inner.Read();
        recorder.Add(source, TraceAction.GpioRead, TraceOutcomes.Ok, start, recorder.Now, high ? 1 : 0, [], []);
        return high;
    }

    public void Write(bool high) => Around(TraceAction.GpioWrite, high ? 1 : 0, () => inner.Write(high));

    public IGpioEdgeStream WatchEdges(GpioEdges edges, TimeSpan debounce) => new RecordedEdges(inner.WatchEdges(edges, debounce), recorder, source);

    public void Dispose() => inner.Dispose();

    private void Around(TraceAction action, int detail, Action work)
    {
        var start = recorder.Now;
        var outcome = TraceOutcomes.Fault;
        try
        {
            work();
            outcome = TraceOutcomes.Ok;
        }
        finally
        {
            recorder.Add(source, action, outcome, start, recorder.Now, detail, [], []);
        }
    }

    private sealed class RecordedEdges(IGpioEdgeStream inner, FlightRecorder recorder, TraceSource source) : IGpioEdgeStream
    {
        public bool TryRead(TimeSpan timeout, out GpioEdge edge)
        {
            if (!inner.TryRead(timeout, out edge))
            {
                return false;
            }

            recorder.Add(source, TraceAction.GpioEdge, TraceOutcomes.Ok, edge.Time, edge.Time, edge.Rising ? 1 : 0, [], []);
            return true;
        }

        public void Dispose() => inner.Dispose();
    }
}
