namespace FarmAgent.Robot.Results;

/// <summary>Result of a whole run.</summary>
public sealed class RunResult
{
    /// <summary>The top suite.</summary>
    public required SuiteResult Suite { get; init; }

    /// <summary>Warnings and errors of the run in order.</summary>
    public IList<Message> Errors { get; } = [];

    /// <summary>Whether the run is of tasks rather than of tests.</summary>
    public bool Rpa { get; init; }

    /// <summary>When the run started, local time.</summary>
    public DateTimeOffset StartTime { get; init; }

    /// <summary>The exit code of the run.</summary>
    public int ExitCode { get; set; }

    /// <summary>Tests that passed without executing a single assertion: they could not have failed on a value.</summary>
    public IReadOnlyList<TestResult> VacuousTests =>
        [.. Suite.AllTests.Where(test => test.Status == Status.Pass && test.Assertions == 0)];
}
