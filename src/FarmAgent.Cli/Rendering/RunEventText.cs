using System.Globalization;
using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>Events of a run as lines for a person.</summary>
internal static class RunEventText
{
    private const int Indent = 2;

    /// <summary>The line; null for an event that has none, such as the console.</summary>
    public static string? Line(RunEvent happened)
    {
        var text = happened.EventCase switch
        {
            RunEvent.EventOneofCase.Started => $"run      {RunText.Id(happened.Started.Name)} on {happened.Started.Board}",
            RunEvent.EventOneofCase.SuiteStarted => $"suite    {happened.SuiteStarted.Name}, {happened.SuiteStarted.PlannedTests} tests",
            RunEvent.EventOneofCase.SuiteEnded => Ended("suite", happened.SuiteEnded.Name, happened.SuiteEnded.Status, happened.SuiteEnded.Elapsed, happened.SuiteEnded.Message),
            RunEvent.EventOneofCase.TestStarted => $"test     {happened.TestStarted.Name}{Tags(happened.TestStarted)}",
            RunEvent.EventOneofCase.TestEnded => Ended("test", happened.TestEnded.Name, happened.TestEnded.Status, happened.TestEnded.Elapsed, happened.TestEnded.Message),
            RunEvent.EventOneofCase.KeywordStarted => $"keyword  {Deep(happened.KeywordStarted)}",
            RunEvent.EventOneofCase.KeywordEnded => Ended("keyword", Deep(happened.KeywordEnded), happened.KeywordEnded.Status, happened.KeywordEnded.Elapsed, ""),
            RunEvent.EventOneofCase.LogMessage => $"{happened.LogMessage.Level.ToLowerInvariant(),-7}  {Flat(happened.LogMessage.Text)}",
            RunEvent.EventOneofCase.Dropped => $"dropped  {happened.Dropped.Count} events. {happened.Dropped.Why}",
            _ => null,
        };
        var time = (happened.Occurred ?? happened.Time)?.ToDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        return text is null ? null : $"{happened.Sequence,6}  {time}  {text}";
    }

    private static string Ended(string what, string name, string status, Google.Protobuf.WellKnownTypes.Duration? elapsed, string message)
    {
        var seconds = (elapsed?.ToTimeSpan() ?? TimeSpan.Zero).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        return $"{what,-7}  {name}  {status}  {seconds} s{(message.Length > 0 ? "  " + Flat(message) : "")}";
    }

    private static string Tags(TestEvent test) => test.Tags.Count > 0 ? $"  [{string.Join(", ", test.Tags)}]" : "";

    private static string Deep(KeywordEvent keyword) =>
        new string(' ', Indent * Math.Clamp(keyword.Depth - 1, 0, 20)) + (keyword.Type == "KEYWORD" ? keyword.Name : $"{keyword.Type} {keyword.Name}".TrimEnd());

    private static string Flat(string text) => text.ReplaceLineEndings(" | ");
}
