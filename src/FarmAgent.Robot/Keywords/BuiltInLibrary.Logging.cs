using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Log and its relatives.</summary>
internal sealed partial class BuiltInLibrary
{
    private static IEnumerable<KeywordDescriptor> LogKeywords() =>
    [
        Plain(
            "Log",
            $"message, level: {LogLevels}='INFO', html: bool=False, console: bool | None=None, repr: Literal['DEPRECATED'] | bool='DEPRECATED', "
            + "formatter: Literal['str', 'repr', 'ascii', 'type', 'len']='str'",
            (context, a) =>
            {
                var formatter = a.Text("formatter");
                if (a["repr"] is not "DEPRECATED")
                {
                    context.Log("The 'repr' argument of 'BuiltIn.Log' is deprecated. Use 'formatter=repr' instead.", MessageLevel.Warn);
                    formatter = PyTruth.Of(a["repr"]) ? "repr" : formatter;
                }

                WriteLog(context, FormatForLog(context, formatter, a["message"]), a.Text("level"), PyTruth.Of(a["html"]), a["console"]);
                return null;
            }),
        Raw("Log Many", "*messages", 0, (context, a) =>
        {
            foreach (var message in LoggedMessages(context, a.Varargs))
            {
                context.Log(message);
            }

            return null;
        }),
        Plain(
            "Log To Console",
            "message, stream: Literal['stdout', 'stderr']='stdout', no_newline: bool=False, format: str | None=None",
            (context, a) =>
            {
                var text = string.IsNullOrEmpty(a.OptionalText("format"))
                    ? Text(a["message"])
                    : Text(Python(context, "format(message, spec)", ("message", a["message"]), ("spec", a["format"])));
                context.WriteConsole(
                    PyTruth.Of(a["no_newline"]) ? text : text + "\n",
                    a.Text("stream").Equals("stderr", StringComparison.OrdinalIgnoreCase) ? ConsoleStream.Stderr : ConsoleStream.Stdout);
                return null;
            }),
        Plain("Set Log Level", "level: Literal['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'NONE']", (context, a) =>
            SetLogLevel(context, a.Text("level"))),
        Plain("Reset Log Level", "", (context, _) => SetLogLevel(context, Scope(context).Suite.Services.Settings.LogLevel.ToText())),
    ];

    private static string SetLogLevel(IKeywordContext context, string text)
    {
        var suite = Scope(context).Suite;
        var old = suite.Output.Level.ToText();
        suite.Output.Level = MessageLevelExtensions.TryParse(text, out var level) ? level : suite.Output.Level;
        suite.Variables.SetGlobal("${LOG_LEVEL}", text);
        context.Log($"Log level changed from {old} to {text}.", MessageLevel.Debug);
        return old;
    }

    private static void WriteLog(IKeywordContext context, string text, string level, bool html, object? console)
    {
        var name = level.ToUpperInvariant();
        var parsed = name is "HTML" or "CONSOLE" || !MessageLevelExtensions.TryParse(name, out var found) ? MessageLevel.Info : found;
        if (PyTruth.Of(console) || (console is null && name == "CONSOLE"))
        {
            context.WriteConsole(text + "\n");
        }

        context.Log(text, parsed, html || name == "HTML");
    }

    private static string FormatForLog(IKeywordContext context, string formatter, object? value) => formatter.ToLowerInvariant() switch
    {
        "repr" => PyPrettyText.Of(value),
        "ascii" => PyText.Ascii(value),
        "len" => Text(Python(context, "len(value)", ("value", value))),
        "type" => PyTypeNames.Of(value),
        _ => Text(value),
    };

    private static IEnumerable<string> LoggedMessages(IKeywordContext context, IReadOnlyList<object?> cells)
    {
        foreach (var cell in cells)
        {
            var value = cell is string text ? Variables(context).ReplaceScalar(text) : cell;
            if (cell is string list && VariableKinds.IsList(list))
            {
                foreach (var item in PyIteration.Items(value))
                {
                    yield return Text(item);
                }
            }
            else if (cell is string dict && VariableKinds.IsDict(dict))
            {
                foreach (var (key, item) in (PyDict)value!)
                {
                    yield return $"{Text(key)}={Text(item)}";
                }
            }
            else
            {
                yield return Text(value);
            }
        }
    }
}
