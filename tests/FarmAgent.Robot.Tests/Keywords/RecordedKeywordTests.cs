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
        var log = new TopMessages();
        using var runs = new RobotRuns { Listeners = [log] };
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
                Describe(test, log).Replace(temporary, "<TEMP>", StringComparison.Ordinal));
        }
    }

    private static string Describe(TestResult test, TopMessages log)
    {
        var messages = log.Of(test).Where(message => message.Level is MessageLevel.Info or MessageLevel.Warn)
            .Select(message => $"{message.Level.ToText()} {message.Text}");
        return string.Join('\n', messages.Prepend($"{test.Name} {test.Status.ToText()} {test.Message}"));
    }

    /// <summary>Keeps what the keywords that stand in tests log themselves.</summary>
    private sealed class TopMessages : IRobotListener
    {
        private readonly List<(TestResult Test, Message Message)> _messages = [];
        private TestResult? _test;
        private int _depth;

        public IEnumerable<Message> Of(TestResult test) => _messages.Where(item => item.Test == test).Select(item => item.Message);

        public void StartTest(TestResult test) => _test = test;

        public void StartStep(StepResult step) => _depth++;

        public void EndStep(StepResult step) => _depth--;

        public void LogMessage(Message message)
        {
            if (_test is not null && _depth == 1)
            {
                _messages.Add((_test, message));
            }
        }
    }
}
