using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>How many tests of a group passed, failed and were skipped.</summary>
internal sealed class StatisticCount
{
    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    public int Total => Passed + Failed + Skipped;

    public void Add(Status status)
    {
        switch (status)
        {
            case Status.Pass:
                Passed++;
                break;
            case Status.Skip:
                Skipped++;
                break;
            default:
                Failed++;
                break;
        }
    }

    public static StatisticCount Of(SuiteResult suite)
    {
        var count = new StatisticCount();
        foreach (var test in suite.AllTests)
        {
            count.Add(test.Status);
        }

        return count;
    }

    /// <summary><c>2 tests, 1 passed, 1 failed</c>, with the skipped ones if there are any.</summary>
    public string ToText(bool isRpa)
    {
        var noun = (isRpa ? "task" : "test") + (Total == 1 ? string.Empty : "s");
        return $"{Total} {noun}, {Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : string.Empty)}";
    }
}

/// <summary>Statistics of one tag, or of a combination of tags.</summary>
internal sealed record TagStatistic(string Name, string Documentation, string Links, string? Combined, StatisticCount Count);

/// <summary>Statistics of one suite.</summary>
internal sealed record SuiteStatistic(SuiteResult Suite, StatisticCount Count);

/// <summary>All statistics of a run.</summary>
internal sealed record RunStatistics(
    StatisticCount Total, IReadOnlyList<TagStatistic> Tags, IReadOnlyList<SuiteStatistic> Suites, bool IsRpa)
{
    public string TotalName => IsRpa ? "All Tasks" : "All Tests";
}
