using System.Diagnostics.Metrics;

namespace FarmAgent.Agent.Metrics;

/// <summary>The agent's figures. Nothing is counted while nobody listens.</summary>
internal sealed class AgentMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "FarmAgent";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _callTime;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _operations;

    public AgentMetrics()
    {
        _calls = _meter.CreateCounter<long>("farm.calls", description: "Calls that ended, by method and outcome.");
        _callTime = _meter.CreateHistogram<double>("farm.call.duration", "s", "How long calls took, by method; streams count as long as they are open.");
        _runs = _meter.CreateCounter<long>("farm.runs", description: "Runs that ended, by board and verdict.");
        _operations = _meter.CreateCounter<long>("farm.operations", description: "Flashes and erases that ended, by board, kind and outcome.");
    }

    /// <summary>Adds a figure that is asked for when it is read.</summary>
    /// <param name="name">Name of the instrument.</param>
    /// <param name="description">What it says.</param>
    /// <param name="observe">Gives the values.</param>
    public void AddGauge(string name, string description, Func<IEnumerable<Measurement<long>>> observe) =>
        _meter.CreateObservableGauge(name, observe, unit: null, description);

    public void CallEnded(string method, string outcome, TimeSpan duration)
    {
        if (_calls.Enabled)
        {
            _calls.Add(1, new("method", method), new("outcome", outcome));
            _callTime.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("method", method));
        }
    }

    public void RunEnded(string board, string verdict) => _runs.Add(1, new("board", board), new("verdict", verdict));

    public void OperationEnded(string board, string kind, string outcome) => _operations.Add(1, new("board", board), new("kind", kind), new("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
