using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Reading files.</content>
internal sealed partial class OperatingSystemLibrary
{
    private const string Encoded = "encoding: str='UTF-8', encoding_errors: str='strict'";

    private static IEnumerable<KeywordDescriptor> Reading() =>
    [
        Plain("Get File", $"path: str, {Encoded}", (context, a) => ReadText(context, a)),
        Plain("Get Binary File", "path: str", (context, a) =>
        {
            var path = AbsolutePath(a);
            LogLink(context, "Getting file '", path, "'.");
            return OsErrors.Guard(path, () => File.ReadAllBytes(path));
        }),
        Plain("Grep File", $"path: str, pattern: str, {Encoded}, regexp: bool=False", Grep),
        Plain("Log File", $"path: str, {Encoded}", (context, a) =>
        {
            var content = ReadText(context, a);
            context.Log(content);
            return content;
        }),
    ];

    private static string ReadText(IKeywordContext context, KeywordArguments a)
    {
        var path = AbsolutePath(a);
        LogLink(context, "Getting file '", path, "'.");
        return Decode(path, a).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static string Decode(string path, KeywordArguments a)
    {
        var bytes = OsErrors.Guard(path, () => File.ReadAllBytes(path));
        return PyCodecs.Decode(bytes, MapEncoding(a.Text("encoding")), a.Text("encoding_errors"));
    }

    private static string MapEncoding(string encoding) => encoding.ToUpperInvariant() is "SYSTEM" or "CONSOLE" ? "utf-8" : encoding;

    private static object? Grep(IKeywordContext context, KeywordArguments a)
    {
        var path = AbsolutePath(a);
        Func<string, bool> matches;
        if (PyTruth.Of(a["regexp"]))
        {
            var regex = PyRegex.Compile(a.Text("pattern"));
            matches = line => regex.Search(line) is not null;
        }
        else
        {
            // A pattern may begin anywhere and the rest of the line does not matter.
            matches = new GlobPattern($"*{a.Text("pattern")}*").Matches;
        }

        LogLink(context, "Reading file '", path, "'.");
        var text = Decode(path, a).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lines = text.Split('\n').ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var found = lines.Where(matches).ToList();
        context.Log($"{found.Count} out of {lines.Count} lines matched.");
        return string.Join('\n', found);
    }
}
