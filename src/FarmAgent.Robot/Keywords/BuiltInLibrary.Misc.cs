using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Everything else.</summary>
internal sealed partial class BuiltInLibrary
{
    private static IEnumerable<KeywordDescriptor> MiscKeywords() =>
    [
        Plain("Sleep", "time_: timedelta, reason: str | None=None", (context, a) =>
        {
            var seconds = Math.Max(Seconds(a["time_"]), 0);
            context.Sleep(TimeSpan.FromSeconds(seconds));
            context.Log($"Slept {TimeStrings.Format(seconds)}.");
            if (!string.IsNullOrEmpty(a.OptionalText("reason")))
            {
                context.Log(a.Text("reason"));
            }

            return null;
        }),
        Plain("Catenate", "*items: str", (_, a) =>
        {
            var items = a.Varargs.Select(Text).ToList();
            const string Mark = "SEPARATOR=";
            return items.Count > 0 && items[0].StartsWith(Mark, StringComparison.Ordinal)
                ? string.Join(items[0][Mark.Length..], items.Skip(1))
                : string.Join(' ', items);
        }),
        Plain("Evaluate", "expression, modules: str | None=None, namespace: Mapping | None=None", (context, a) =>
        {
            var variables = Variables(context).Current;
            return Tracebacks.AsRuntimeError(() =>
                variables.Evaluator.Evaluate(a["expression"], variables, a.OptionalText("modules"), a["namespace"] as PyDict));
        }),
        Plain("Call Method", "object, method_name: str, *args, **kwargs", CallMethod),
        Plain("Regexp Escape", "*strings: str | bytes", (_, a) => a.Varargs.Count switch
        {
            0 => "",
            1 => EscapeRegex(a.Varargs[0]),
            _ => new PyList(a.Varargs.Select(EscapeRegex)),
        }),
        Plain("Get Time", "format: str='timestamp', time_='NOW'", (context, a) =>
            RobotTimes.Format(a.Text("format"), RobotTimes.Parse(a["time_"], context.Clock.Now), context.Clock.Now.Offset)),
    ];

    /// <summary>Seconds of a time that was given as text or number.</summary>
    private static double Seconds(object? value)
    {
        if (value is IPyObject duration && duration.TryGetAttribute("total_seconds", out var method) && method is IPyCallable callable)
        {
            value = callable.Call([], new Dictionary<string, object?>());
        }

        return TimeStrings.TryParse(Text(value), out var seconds)
            ? seconds
            : throw PyErrorException.ValueError($"Invalid time string '{Text(value)}'.");
    }

    private static object? CallMethod(IKeywordContext context, KeywordArguments a)
    {
        var (target, name) = (a["object"], a.Text("method_name"));
        object? method;
        try
        {
            method = Python(context, $"target.{name}", ("target", target));
        }
        catch (KeywordFailedException error)
        {
            throw Tracebacks.Attach(
                new KeywordFailedException($"{PyTypeNames.Of(target)} object does not have method '{name}'.", "", error), error.ResultMessage);
        }

        try
        {
            return Python(
                context,
                "method(*args, **kwargs)",
                ("method", method),
                ("args", new PyList(a.Varargs)),
                ("kwargs", new PyDict(a.Free.Select(pair => new KeyValuePair<object?, object?>(pair.Key, pair.Value)))));
        }
        catch (KeywordFailedException error)
        {
            var failure = new KeywordFailedException($"Calling method '{name}' failed: {error.ResultMessage}", "", error);
            throw Tracebacks.AttachText(
                failure, $"{error.ResultMessage}\n\nThe above exception was the direct cause of the following exception:\n\nRuntimeError: {failure.Message}");
        }
    }

    private static object? EscapeRegex(object? value) => value is byte[] bytes
        ? System.Text.Encoding.Latin1.GetBytes(PyRegexEscape.Escape(PyBytes.ToLatin1(bytes)))
        : PyRegexEscape.Escape(Text(value));
}
