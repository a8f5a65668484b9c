namespace FarmAgent.Robot.Results;

/// <summary>Result of one suite: a file, a folder, or the parent of several paths.</summary>
public sealed class SuiteResult
{
    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Identifier, for example <c>s1-s2</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The suite above, if any.</summary>
    public SuiteResult? Parent { get; init; }

    /// <summary>Absolute path of the file or folder; empty for the parent of several paths.</summary>
    public string Source { get; init; } = "";

    /// <summary>Documentation.</summary>
    public string Documentation { get; set; } = "";

    /// <summary>Metadata in order.</summary>
    public IList<KeyValuePair<string, string>> Metadata { get; } = [];

    /// <summary>Tests of this suite, in order.</summary>
    public IList<TestResult> Tests { get; } = [];

    /// <summary>Child suites, in order.</summary>
    public IList<SuiteResult> Suites { get; } = [];

    /// <summary>Outcome.</summary>
    public Status Status { get; set; }

    /// <summary>Message of the suite itself (setup or teardown), without counts.</summary>
    public string Message { get; set; } = "";

    /// <summary>Local time of its start.</summary>
    public DateTimeOffset StartTime { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>How many tests are going to run, here and below; known at the start.</summary>
    public int PlannedTests { get; init; }

    /// <summary>Whether the run is of tasks rather than of tests.</summary>
    public bool Rpa { get; init; }

    /// <summary>Names of all suites above and its own, joined by dots.</summary>
    public string FullName => Parent is null ? Name : $"{Parent.FullName}.{Name}";

    /// <summary>Tests of this suite and of all below, in order.</summary>
    public IEnumerable<TestResult> AllTests => Tests.Concat(Suites.SelectMany(suite => suite.AllTests));
}
