using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Keywords about variables.</summary>
internal sealed partial class BuiltInLibrary
{
    private const string InvalidName = "Invalid variable name";

    private const string LogLevels = "Literal['TRACE', 'DEBUG', 'INFO', 'CONSOLE', 'HTML', 'WARN', 'ERROR']";

    private static IEnumerable<KeywordDescriptor> VariableKeywords() =>
    [
        Plain("Get Variables", "no_decoration: bool=False", (context, a) =>
            new DotDict(Snapshot(context, !PyTruth.Of(a["no_decoration"])).Select(pair => new KeyValuePair<object?, object?>(pair.Name, pair.Value)))),
        Raw("Get Variable Value", "name: str, default: object=None", 0, (context, a) =>
        {
            var variables = Variables(context);
            try
            {
                return variables.ReplaceScalar(VariableName(context, Text(a["name"]), forAssign: false));
            }
            catch (VariableSyntaxException error) when (!error.Message.StartsWith(InvalidName, StringComparison.Ordinal))
            {
                return a["default"] is string text ? variables.ReplaceScalar(text) : a["default"];
            }
        }),
        Plain("Log Variables", $"level: {LogLevels}='INFO'", (context, a) =>
        {
            foreach (var (name, value) in Snapshot(context, decorate: true).OrderBy(pair => UnicodeCase.Fold(pair.Name[2..^1]), StringComparer.Ordinal))
            {
                var shown = name[0] == '@' && value is not (PyList or PyTuple or PyRange) ? "$" + name[1..] : name;
                WriteLog(context, AssignMessages.Format(shown, value, maxLength: null), a.Text("level"), html: false, console: null);
            }

            return null;
        }),
        Assertion("Variable Should Exist", "name: str, message: str | None=None", 0, (context, a) => CheckExists(context, a, wanted: true)),
        Assertion("Variable Should Not Exist", "name: str, message: str | None=None", 0, (context, a) => CheckExists(context, a, wanted: false)),
        Plain("Replace Variables", "text: str", (context, a) => Variables(context).ReplaceScalar(a.Text("text"))),
        Plain("Set Variable", "*values", (_, a) => a.Varargs.Count switch
        {
            0 => "",
            1 => a.Varargs[0],
            _ => new PyList(a.Varargs),
        }),
        Setter("Set Local Variable", (variables, name, value) => variables.SetLocal(name, value)),
        Setter("Set Test Variable", (variables, name, value) => variables.SetTest(name, value)),
        Setter("Set Task Variable", (variables, name, value) => variables.SetTest(name, value)),
        Setter("Set Global Variable", (variables, name, value) => variables.SetGlobal(name, value)),
        Raw("Set Suite Variable", "name: str, /, *values", 0, (context, a) =>
        {
            var values = a.Varargs;
            var children = false;
            if (values.Count > 0 && values[^1] is string last && last.StartsWith("children=", StringComparison.Ordinal))
            {
                children = IsTruthy(Variables(context).ReplaceScalar(last["children=".Length..]));
                values = [.. values.SkipLast(1)];
            }

            return Set(context, Text(a["name"]), values, (variables, name, value) => variables.SetSuite(name, value, children: children));
        }),
        Raw("Set Variable If", "condition, /, *values", 1, (context, a) => SetVariableIf(context, a["condition"], [.. a.Varargs])),
    ];

    private static KeywordDescriptor Assertion(string name, string signature, int resolved, KeywordBody body) =>
        new(name, signature, body) { IsAssertion = true, ResolvedArguments = resolved };

    private static KeywordDescriptor Setter(string name, Action<VariableScopes, string, object?> set) =>
        Raw(name, "name: str, /, *values", 0, (context, a) => Set(context, Text(a["name"]), a.Varargs, set));

    private static object? Set(
        IKeywordContext context, string written, IReadOnlyList<object?> values, Action<VariableScopes, string, object?> set)
    {
        var variables = Variables(context);
        var name = VariableName(context, written);
        var value = VariableValue(variables, name, values);
        set(variables, name, value);
        context.Log(AssignMessages.Format(name, value, maxLength: Scope(context).Suite.Services.Settings.MaxAssignLength));
        return null;
    }

    private static object? VariableValue(VariableScopes variables, string name, IReadOnlyList<object?> values)
    {
        if (values.Count == 0)
        {
            return variables[name];
        }

        if (name[0] == '$')
        {
            if (values.Count != 1 || (values[0] is string cell && VariableKinds.IsList(cell)))
            {
                throw new VariableSyntaxException(
                    $"Setting list value to scalar variable '{name}' is not supported anymore. Create list variable '@{name[1..]}' instead.");
            }

            return values[0] is string text ? variables.ReplaceScalar(text) : values[0];
        }

        return values.All(value => value is string)
            ? VariableResolver.Create(new VariableDefinition(name, [.. values.Select(Text)])).Resolve(variables.Current)
            : new PyList(variables.ReplaceList(values));
    }

    // Names may be given as ${x}, $x, \${x} or through another variable.
    private static string VariableName(IKeywordContext context, string written, bool forAssign = true)
    {
        var variables = Variables(context).Current;
        string replaced;
        try
        {
            replaced = variables.ReplaceString(written);
        }
        catch (VariableSyntaxException)
        {
            replaced = written;
        }

        var name = ResolveName(variables, replaced) ?? written;
        var match = variables.Replacer.ResolveBase(VariableMatch.Search(name, "$@&"));
        return (forAssign ? match.IsAssign() : match.IsVariable) ? match.ToString() : throw new VariableSyntaxException($"{InvalidName} '{name}'.");
    }

    private static string? ResolveName(VariableSet variables, string name)
    {
        name = name.StartsWith('\\') ? name[1..] : name;
        if (name.Length < 2 || name[0] is not ('$' or '@' or '&'))
        {
            return null;
        }

        name = name[1] == '{' ? name : $"{name[0]}{{{name[1..]}}}";
        var match = variables.Replacer.ResolveBase(VariableMatch.Search(name, "$@&", ignoreErrors: true));
        return match.IsAssign() ? match.ToString() : null;
    }

    private static object? CheckExists(IKeywordContext context, KeywordArguments a, bool wanted)
    {
        var name = VariableName(context, Text(a["name"]));
        VariableSyntaxException? missing = null;
        try
        {
            Variables(context).ReplaceScalar(name);
        }
        catch (VariableSyntaxException error)
        {
            missing = error;
        }

        if (missing is null != wanted)
        {
            var own = a["message"] is string { Length: > 0 } message ? Variables(context).ReplaceString(message) : null;
            var failure = Failed(own ?? $"Variable '{name}' {(wanted ? "does not exist" : "exists")}.");
            throw missing is null ? failure : Tracebacks.Attach(failure, CausesOf(missing.Message));
        }

        return null;
    }

    // An extended variable is missing because the one that it extends is.
    private static string CausesOf(string message)
    {
        const string Extended = "' failed: Variable '";
        var at = message.StartsWith("Resolving variable '", StringComparison.Ordinal) ? message.IndexOf(Extended, StringComparison.Ordinal) : -1;
        var whole = $"robot.errors.VariableError: {message}";
        return at < 0 ? whole : Tracebacks.Chain($"robot.errors.VariableError: {message[(at + "' failed: ".Length)..]}", whole);
    }

    private static List<(string Name, object? Value)> Snapshot(IKeywordContext context, bool decorate) =>
        [.. Variables(context).Current.Store.ToDictionary(decorate).Items];

    private static object? SetVariableIf(IKeywordContext context, object? condition, List<object?> values)
    {
        var variables = Variables(context);
        object? Value(object? cell) => cell is string text ? variables.ReplaceScalar(text) : cell;
        while (true)
        {
            while (values.Count > 0 && values[0] is string list && VariableKinds.IsList(list))
            {
                var items = PyIteration.Items(variables.ReplaceScalar(list)).Select(item => item is string text ? Escapes.Escape(text) : item);
                values = [.. items, .. values.Skip(1)];
            }

            if (values.Count == 0)
            {
                throw Failed("At least one value is required.");
            }

            if (IsTrue(context, condition))
            {
                return Value(values[0]);
            }

            if (values.Count <= 2)
            {
                return values.Count == 1 ? null : Value(values[1]);
            }

            condition = Value(values[1]);
            values = values[2..];
        }
    }

    private static bool IsTruthy(object? value) => value is string text
        ? text.ToUpperInvariant() is not ("FALSE" or "NO" or "OFF" or "0" or "" or "NONE")
        : PyTruth.Of(value);
}
