using System.Collections;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Environment variables.</content>
internal sealed partial class OperatingSystemLibrary
{
    private static IEnumerable<KeywordDescriptor> EnvironmentVariables() =>
    [
        Plain("Get Environment Variable", "name: str, default: str | None=None", (_, a) =>
            Environment.GetEnvironmentVariable(a.Text("name")) ?? a.OptionalText("default")
                ?? throw Error($"Environment variable '{a.Text("name")}' does not exist.")),
        Plain("Set Environment Variable", "name: str, value: str | Secret", (context, a) =>
            SetVariable(context, a.Text("name"), ContentOf(a["value"]), a["value"] is PySecret)),
        Plain("Append To Environment Variable", "name: str, *values: str | Secret, separator: str=':'", (context, a) =>
        {
            var values = a.Varargs.Select(ContentOf).ToList();
            if (Environment.GetEnvironmentVariable(a.Text("name")) is { Length: > 0 } initial)
            {
                values.Insert(0, initial);
            }

            return SetVariable(context, a.Text("name"), string.Join(a.Text("separator"), values), a.Varargs.Any(value => value is PySecret));
        }),
        Plain("Remove Environment Variable", "*names: str", (context, a) =>
        {
            foreach (var name in a.Varargs.Cast<string>())
            {
                var isThere = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));
                Environment.SetEnvironmentVariable(name, null);
                context.Log($"Environment variable '{name}' {(isThere ? "deleted" : "does not exist")}.");
            }

            return null;
        }),
        Assertion("Environment Variable Should Be Set", "name: str, msg: str | None=None", (context, a) =>
        {
            var value = Environment.GetEnvironmentVariable(a.Text("name"));
            if (string.IsNullOrEmpty(value))
            {
                throw Failure($"Environment variable '{a.Text("name")}' is not set.", a.OptionalText("msg"));
            }

            context.Log($"Environment variable '{a.Text("name")}' is set to '{value}'.");
        }),
        Assertion("Environment Variable Should Not Be Set", "name: str, msg: str | None=None", (context, a) =>
        {
            var value = Environment.GetEnvironmentVariable(a.Text("name"));
            if (!string.IsNullOrEmpty(value))
            {
                throw Failure($"Environment variable '{a.Text("name")}' is set to '{value}'.", a.OptionalText("msg"));
            }

            context.Log($"Environment variable '{a.Text("name")}' is not set.");
        }),
        Plain("Get Environment Variables", "", (_, _) => AllVariables()),
        Plain("Log Environment Variables", "level: str='INFO'", (context, a) =>
        {
            var all = AllVariables();
            var level = KeywordLevels.Parse(a.Text("level"));
            foreach (var (name, value) in all.OrderBy(item => ((string)item.Key!).ToLowerInvariant(), StringComparer.Ordinal))
            {
                context.Log($"{name} = {value}", level);
            }

            return all;
        }),
    ];

    private static PyDict AllVariables() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(item => new KeyValuePair<object?, object?>(item.Key, item.Value)));

    private static object? SetVariable(IKeywordContext context, string name, string value, bool isSecret)
    {
        if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal))
        {
            throw new KeywordFailedException("[Errno 22] Invalid argument", "OSError");
        }

        Environment.SetEnvironmentVariable(name, value);
        context.Log($"Environment variable '{name}' set to {(isSecret ? "a secret value" : $"value '{value}'")}.");
        return null;
    }
}
