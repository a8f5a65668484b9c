using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Status of a test.</summary>
/// <param name="parent">Status of its suite.</param>
/// <param name="test">Its result.</param>
/// <param name="skipOnFailure">Patterns of tags that make a failure a skip.</param>
/// <param name="rpa">Whether it is a task.</param>
internal sealed class TestStatus(SuiteStatus parent, TestResult test, IReadOnlyList<string> skipOnFailure, bool rpa)
    : ExecutionStatus(parent, parent.Exit)
{
    protected override bool SkipsOnFailure => HasTag("robot:skip-on-failure") || TagPatterns.Match(skipOnFailure, test.Tags);

    public void TestFailed(string message, Failure? failure = null)
    {
        if (failure is { Skip: true })
        {
            TestSkipped(message);
        }
        else if (SkipsOnFailure)
        {
            (TestFailure, Skipped) = (SkipMessage(message), true);
        }
        else
        {
            TestFailure = message;
            Exit.FailureOccurred(failure is not null && (failure.Exit || HasTag("robot:exit-on-failure")));
        }
    }

    public void TestSkipped(string message) => (Skipped, TestSkip) = (true, message);

    /// <summary>Looks at the tags again, which the test may have changed.</summary>
    public bool SkipIfTagsSay()
    {
        if (Skipped || !Failed || !SkipsOnFailure)
        {
            return false;
        }

        (TestFailure, Skipped) = (SkipMessage(TestFailure ?? ""), true);
        return true;
    }

    protected override string OwnMessage() => StatusMessages.OfTest(this);

    protected override string SkipMessage(string failure)
    {
        var own = HasTag("robot:skip-on-failure");
        IReadOnlyList<string> tags = own ? ["robot:skip-on-failure"] : skipOnFailure;
        return $"Failed {(rpa ? "task" : "test")} skipped using {TagPatterns.Describe(tags)}.\n\nOriginal failure:\n{failure}";
    }

    private bool HasTag(string tag) => test.Tags.Any(candidate => NormalizedNames.Normalize(candidate, "_") == tag);
}

/// <summary>Lists of tag patterns as options give them.</summary>
internal static class TagPatterns
{
    public static bool Match(IReadOnlyList<string> patterns, IReadOnlyList<string> tags) =>
        patterns.Any(pattern => TagPattern.Parse(pattern).Matches(tags));

    /// <summary>Warns about patterns whose meaning is going to change.</summary>
    public static void Warn(IReadOnlyList<string> patterns, string usage, IRunLog log)
    {
        foreach (var problem in new TagSet(patterns).Sorted.Select(TagPattern.Deprecation).OfType<string>())
        {
            log.Warn($"Problems when {usage}: {problem}");
        }
    }

    /// <summary>Text such as <c>'a' and 'b' tags</c> or <c>'a*' tag pattern</c>.</summary>
    public static string Describe(IReadOnlyList<string> written)
    {
        var patterns = new TagSet(written).Sorted.Select(TagPattern.Parse).ToList();
        var kind = patterns.TrueForAll(pattern => pattern.IsConstant) ? "tag" : "tag pattern";
        return $"{ErrorList.Quote(patterns.Select(pattern => pattern.ToString()!))} {kind}{(patterns.Count == 1 ? "" : "s")}";
    }
}
