using FarmAgent.Api.Connections;
using FarmAgent.Api.V1;
using FarmAgent.Robot.Results;

namespace FarmAgent.Cli.Events;

/// <summary>
/// The live events of a run that an agent records: it says how many by <c>FARM_RUN_EVENTS</c>. For runs that nobody records there are none.
/// </summary>
internal sealed class RunnerEvents : IDisposable
{
    private const int Capacity = 4_096;

    private readonly EventQueue? _queue;
    private readonly EventSender? _sender;

    private RunnerEvents(RunEventDetail detail, Func<DateTimeOffset> now, TextWriter errors)
    {
        if (detail != RunEventDetail.None)
        {
            _queue = new EventQueue(Capacity);
            _sender = new EventSender(_queue, FarmClientOptions.FromEnvironment(), errors);
            _sender.Start();
            Listeners = [new EventListener(_queue, detail, now)];
        }
    }

    /// <summary>To be told about the run.</summary>
    public IReadOnlyList<IRobotListener> Listeners { get; } = [];

    /// <summary>As the agent asks for them.</summary>
    /// <param name="now">The run's time.</param>
    /// <param name="errors">Told when events cannot be sent.</param>
    public static RunnerEvents FromEnvironment(Func<DateTimeOffset> now, TextWriter errors) => new(
        Environment.GetEnvironmentVariable("FARM_RUN_EVENTS") switch
        {
            "tests" => RunEventDetail.Tests,
            "keywords" => RunEventDetail.Keywords,
            "all" => RunEventDetail.All,
            _ => RunEventDetail.None,
        },
        now,
        errors);

    /// <summary>Waits, bounded, until the agent has all events.</summary>
    public void Finish() => _sender?.Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender?.Dispose();
        _queue?.Dispose();
    }
}
