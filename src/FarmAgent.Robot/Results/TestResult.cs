namespace FarmAgent.Robot.Results;

/// <summary>Result of one test or task.</summary>
public sealed class TestResult
{
    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Identifier, for example <c>s1-s2-t3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The suite that holds it.</summary>
    public required SuiteResult Parent { get; init; }

    /// <summary>Line of its name in the source, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Documentation.</summary>
    public string Documentation { get; set; } = "";

    /// <summary>Metadata in order.</summary>
    public IList<KeyValuePair<string, string>> Metadata { get; } = [];

    /// <summary>Tags, sorted.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>Timeout in words, or empty.</summary>
    public string Timeout { get; set; } = "";

    /// <summary>Outcome. A failing suite teardown may change it after the test has ended.</summary>
    public Status Status { get; set; }

    /// <summary>Message of the outcome.</summary>
    public string Message { get; set; } = "";

    /// <summary>Local time of its start.</summary>
    public DateTimeOffset StartTime { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Names of all suites above and its own, joined by dots.</summary>
    public string FullName => $"{Parent.FullName}.{Name}";

    /// <summary>How many executed keywords were assertions (see <see cref="Libraries.KeywordDescriptor.IsAssertion"/>).</summary>
    public int Assertions { get; set; }
}
