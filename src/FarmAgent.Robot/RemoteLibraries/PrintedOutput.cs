using System.Text.RegularExpressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>Text that a keyword printed: lines that start with a level in stars begin a new message.</summary>
internal static partial class PrintedOutput
{
    public static void Log(string output, IKeywordContext context)
    {
        var text = output.Trim();
        if (text.Length == 0)
        {
            return;
        }

        var starts = Level().Matches(text);
        if (starts.Count == 0 || starts[0].Index > 0)
        {
            LogOne("INFO", text[..(starts.Count == 0 ? text.Length : starts[0].Index)], context);
        }

        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Index : text.Length;
            LogOne(starts[i].Groups["level"].Value, text[(starts[i].Index + starts[i].Length)..end], context);
        }
    }

    private static void LogOne(string level, string text, IKeywordContext context)
    {
        text = text.Trim();
        if (level == "CONSOLE")
        {
            context.WriteConsole(text + "\n");
        }

        context.Log(text, MessageLevelExtensions.TryParse(level, out var known) ? known : MessageLevel.Info, level == "HTML");
    }

    [GeneratedRegex(@"^\*(?<level>TRACE|DEBUG|CONSOLE|INFO|HTML|WARN|ERROR)(?::\d+(?:\.\d+)?)?\*", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Level();
}
