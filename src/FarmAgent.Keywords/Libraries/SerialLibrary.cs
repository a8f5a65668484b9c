using System.Text.RegularExpressions;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Keywords.Values;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Keywords.Libraries;

/// <summary>The board's log as a suite sees it: from the library's first keyword, or the last <c>Clear Serial</c>, on.</summary>
internal sealed class SerialLibrary : IKeywordLibrary
{
    private const int QuotedLines = 5;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private readonly SerialLog _log;

    public SerialLibrary(FarmSession session)
    {
        _log = new SerialLog(session);
        Keywords =
        [
            new("Serial Should Contain", "text, timeout=5s", ShouldContain) { Documentation = "Fails unless the text comes before the timeout.", IsAssertion = true },
            new("Wait For Serial", "pattern, timeout=5s", WaitFor)
            {
                Documentation = "The first whole line in which the regular expression is found; fails when the timeout passes.",
                IsAssertion = true,
            },
            new("Serial Log", "", (context, _) => _log.Read(context)) { Documentation = "All text seen so far." },
            new("Clear Serial", "", (context, _) => _log.Clear(context)) { Documentation = "Forgets what was seen." },
        ];
    }

    public string Name => "Serial";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    private object? ShouldContain(IKeywordContext context, KeywordArguments arguments)
    {
        var text = HardwareArguments.Show(arguments["text"]);
        Poll(context, arguments, $"'{text}'", log => log.Contains(text, StringComparison.Ordinal) ? text : null);
        return null;
    }

    private object? WaitFor(IKeywordContext context, KeywordArguments arguments)
    {
        var pattern = HardwareArguments.Show(arguments["pattern"]);
        Regex expression;
        try
        {
            expression = new Regex(pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (ArgumentException e)
        {
            throw new KeywordFailedException($"pattern: '{pattern}' is not a regular expression: {e.Message}");
        }

        return Poll(context, arguments, $"a line with '{pattern}'", log => WholeLines(log).FirstOrDefault(line => expression.IsMatch(line)));
    }

    private string Poll(IKeywordContext context, KeywordArguments arguments, string what, Func<string, string?> find)
    {
        var timeout = HardwareArguments.Time(arguments, "timeout");
        var limit = context.Clock.Monotonic + timeout;
        while (true)
        {
            var log = _log.Read(context);
            if (find(log) is { } found)
            {
                return found;
            }

            if (context.Clock.Monotonic >= limit)
            {
                var last = string.Join('\n', log.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(QuotedLines));
                throw new KeywordFailedException(
                    $"The console did not show {what} within {TimeStrings.Format(timeout.TotalSeconds)}. "
                    + (last.Length > 0 ? $"Its last lines:\n{last}" : "It showed nothing at all."));
            }

            context.Sleep(PollInterval);
        }
    }

    private static IEnumerable<string> WholeLines(string log)
    {
        var lines = log.Split('\n');
        return lines.Take(lines.Length - 1).Select(line => line.TrimEnd('\r'));
    }
}
