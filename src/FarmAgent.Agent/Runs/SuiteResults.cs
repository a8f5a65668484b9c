using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>A test that failed.</summary>
/// <param name="Test">Its name.</param>
/// <param name="Message">Its message, cut when long.</param>
internal sealed record TestFailure(string Test, string Message);

/// <summary>What the runner left about the tests of a run.</summary>
internal sealed record SuiteResults
{
    private const string BenchMark = "[bench] ";

    /// <summary>Tests passed.</summary>
    public int Passed { get; init; }

    /// <summary>Tests failed.</summary>
    public int Failed { get; init; }

    /// <summary>Tests skipped.</summary>
    public int Skipped { get; init; }

    /// <summary>True when the runner brought them to an end; false when they break off.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Tests that passed without asserting anything.</summary>
    public IReadOnlyList<string> Vacuous { get; init; } = [];

    /// <summary>Tests that failed, the first ones when there are many.</summary>
    public IReadOnlyList<TestFailure> Failures { get; init; } = [];

    /// <summary>Faults of the bench that tests failed by: their messages name them as <c>[bench] REASON: text</c>.</summary>
    public IEnumerable<Wire.Diagnosis> BenchFaults() =>
        from failure in Failures
        let diagnosis = BenchFault(failure)
        where diagnosis is not null
        select diagnosis;

    private static Wire.Diagnosis? BenchFault(TestFailure failure)
    {
        // Not only at the start: a failed setup, or several failures of one test, put a text before it.
        var mark = failure.Message.IndexOf(BenchMark, StringComparison.Ordinal);
        var colon = mark < 0 ? -1 : failure.Message.IndexOf(": ", mark, StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var reason = failure.Message[(mark + BenchMark.Length)..colon];
        if (reason.Length is 0 or > 64 || !reason.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            return null;
        }

        return new Wire.Diagnosis
        {
            Verdict = Wire.Verdict.Error,
            Reason = reason,
            Message = failure.Message[(colon + 2)..],
            Evidence = { new Wire.Evidence { Subject = "test", Finding = failure.Test } },
        };
    }
}
