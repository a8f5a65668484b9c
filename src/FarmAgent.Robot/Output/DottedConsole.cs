using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Output;

/// <summary>Shows a character for each test, and the failed ones at the end.</summary>
internal sealed class DottedConsole(ConsoleStreams streams) : ConsoleWriter(streams)
{
    private int _column;

    public override void StartSuite(SuiteResult suite)
    {
        if (suite.Parent is null)
        {
            Streams.Write($"Running suite '{suite.Name}' with {Count(suite.PlannedTests, suite.Rpa)}.\n{new string('=', Streams.Width)}\n");
        }
    }

    public override void EndTest(TestResult test)
    {
        if (_column == Streams.Width)
        {
            Streams.Write("\n");
            _column = 0;
        }

        _column++;
        Streams.Write(test.Status switch
        {
            Status.Pass => ".",
            Status.Skip => Streams.Highlight("SKIP", "s"),
            _ when IsExit(test) => "x",
            _ => Streams.Highlight("FAIL", "F"),
        });
    }

    public override void EndSuite(SuiteResult suite)
    {
        if (suite.Parent is not null)
        {
            return;
        }

        Streams.Write("\n");
        foreach (var test in suite.AllTests.Where(test => test.Status == Status.Fail && !IsExit(test)))
        {
            Streams.Write($"{new string('-', Streams.Width)}\n{Streams.Highlight("FAIL")}: {test.FullName}\n");
            Streams.Write($"{test.Message.Trim(Values.PyWhitespace.All)}\n");
        }

        var count = StatisticCount.Of(suite);
        Streams.Write($"{new string('=', Streams.Width)}\n");
        Streams.Write($"Run suite '{suite.Name}' with {Count(count.Total, suite.Rpa)} in {TimeStrings.Format(suite.Elapsed.TotalSeconds)}.\n\n");
        var status = suite.Status.ToText();
        Streams.Write($"{Streams.Highlight(status, status + (suite.Status == Status.Skip ? "PED" : "ED"))}\n{count.ToText(suite.Rpa)}\n\n");
    }

    private static bool IsExit(TestResult test) => test.Tags.Contains("robot:exit", StringComparer.OrdinalIgnoreCase);

    private static string Count(int count, bool isRpa) => $"{count} {(isRpa ? "task" : "test")}{(count == 1 ? "" : "s")}";
}
