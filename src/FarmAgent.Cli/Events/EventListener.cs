using FarmAgent.Api.V1;
using FarmAgent.Robot.Output;
using FarmAgent.Robot.Results;
using Google.Protobuf.WellKnownTypes;
using WireTest = FarmAgent.Api.V1.TestEvent;

namespace FarmAgent.Cli.Events;

/// <summary>Makes events of what the engine does. Called on the engine's thread alone.</summary>
/// <param name="queue">Takes them.</param>
/// <param name="detail">How much of it.</param>
/// <param name="now">The run's time.</param>
internal sealed class EventListener(EventQueue queue, RunEventDetail detail, Func<DateTimeOffset> now) : IRobotListener
{
    private const int MostDepth = 10;
    private const int LongestText = 2_000;

    private readonly Stack<bool> _told = new();
    private string _suite = "";
    private string _test = "";

    private string Parent => _test.Length > 0 ? _test : _suite;

    /// <inheritdoc/>
    public void StartSuite(SuiteResult suite)
    {
        _suite = suite.Id;
        Tell(new RunEvent { SuiteStarted = new SuiteEvent { Id = suite.Id, Name = suite.FullName, PlannedTests = suite.PlannedTests } });
    }

    /// <inheritdoc/>
    public void EndSuite(SuiteResult suite)
    {
        _suite = suite.Parent?.Id ?? "";
        Tell(new RunEvent
        {
            SuiteEnded = new SuiteEvent
            {
                Id = suite.Id,
                Name = suite.FullName,
                PlannedTests = suite.PlannedTests,
                Status = suite.Status.ToText(),
                Message = Cut(suite.Message),
                Elapsed = Duration.FromTimeSpan(suite.Elapsed),
            },
        });
    }

    /// <inheritdoc/>
    public void StartTest(TestResult test)
    {
        _test = test.Id;
        Tell(new RunEvent { TestStarted = Of(test) });
    }

    /// <inheritdoc/>
    public void EndTest(TestResult test)
    {
        _test = "";
        var ended = Of(test);
        ended.Status = test.Status.ToText();
        ended.Message = Cut(test.Message);
        ended.Elapsed = Duration.FromTimeSpan(test.Elapsed);
        Tell(new RunEvent { TestEnded = ended });
    }

    /// <inheritdoc/>
    public void StartStep(StepResult step)
    {
        // A step that is not run has no start, and then no end either.
        var isTold = detail >= RunEventDetail.Keywords && step.Status != Robot.Results.Status.NotRun && _told.Count < MostDepth;
        _told.Push(isTold);
        if (isTold)
        {
            Tell(new RunEvent { KeywordStarted = Of(step) });
        }
    }

    /// <inheritdoc/>
    public void EndStep(StepResult step)
    {
        if (_told.TryPeek(out var isTold) && isTold)
        {
            var ended = Of(step);
            ended.Status = step.Status.ToText();
            ended.Elapsed = Duration.FromTimeSpan(step.Elapsed);
            Tell(new RunEvent { KeywordEnded = ended });
        }

        _told.TryPop(out _);
    }

    /// <inheritdoc/>
    public void LogMessage(Message message)
    {
        // Warnings and errors come as the run's own, below: there they come once, and also from outside of tests.
        if (message.Level is MessageLevel.Fail or MessageLevel.Skip || (message.Level == MessageLevel.Info && detail == RunEventDetail.All))
        {
            Log(message);
        }
    }

    /// <inheritdoc/>
    public void SystemMessage(Message message) => Log(message);

    private static WireTest Of(TestResult test) => new() { Id = test.Id, Name = test.FullName, Tags = { test.Tags } };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + " ...";

    private KeywordEvent Of(StepResult step) => new() { Name = Cut(StepEventNames.NameOf(step)), Type = StepNames.Kind(step), Depth = _told.Count, Parent = Parent };

    private void Log(Message message) => Tell(
        new RunEvent { LogMessage = new LogEvent { Level = message.Level.ToText(), Text = Cut(message.Text), Html = message.Html, Parent = Parent } }, message.Time);

    private void Tell(RunEvent happened) => Tell(happened, now());

    private void Tell(RunEvent happened, DateTimeOffset time)
    {
        happened.Occurred = time.ToTimestamp();
        queue.Add(happened);
    }
}
