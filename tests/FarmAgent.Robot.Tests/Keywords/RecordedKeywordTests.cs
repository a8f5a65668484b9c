using FarmAgent.Robot.Results;
using TestResult = FarmAgent.Robot.Results.TestResult;

namespace FarmAgent.Robot.Tests.Keywords;

public sealed class RecordedKeywordTests
{
    [Theory]
    [InlineData("Collections")]
    [InlineData("String")]
    [InlineData("DateTime")]
    [InlineData("OperatingSystem")]
    [InlineData("Process")]
    [InlineData("XML")]
    public void Run_SuiteOfCalls_GivesTheRecordedStatusMessagesAndLog(string library)
    {
        Assert.SkipUnless(TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero || library is not ("DateTime" or "OperatingSystem"),
            "The results were recorded in UTC.");
        var temporary = Path.GetTempPath().TrimEnd('/');
        using var runs = new RobotRuns();
        runs.Run(File.ReadAllText(Recordings.PathOf($"Keywords/{library}.robot")));
        File.Delete(Path.Combine(temporary, "farm-kw-test.xml"));
        if (library == "OperatingSystem")
        {
            Directory.Delete(Path.Combine(temporary, "farm-kw-test"), recursive: true);
        }

        var rows = Recordings.Read($"Keywords/{library}.jsonl").ToList();
        Assert.Equal(rows.Count, runs.Result!.Suite.Tests.Count);
        foreach (var (row, test) in rows.Zip(runs.Result.Suite.Tests))
        {
            var messages = row.GetProperty("messages").EnumerateArray().Select(message => $"{message[0]} {message[1]}");
            Assert.Equal(
                string.Join('\n', messages.Prepend($"{row.Text("test")} {row.Text("status")} {row.Text("message")}")),
                Describe(test).Replace(temporary, "<TEMP>", StringComparison.Ordinal));
        }
    }

    private static string Describe(TestResult test)
    {
        var messages = test.Body.OfType<StepResult>().SelectMany(step => step.Body).OfType<Message>()
            .Where(message => message.Level is MessageLevel.Info or MessageLevel.Warn)
            .Select(message => $"{message.Level.ToText()} {message.Text}");
        return string.Join('\n', messages.Prepend($"{test.Name} {test.Status.ToText()} {test.Message}"));
    }
}
