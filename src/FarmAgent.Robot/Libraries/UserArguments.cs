using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>Reads the [Arguments] of a user keyword.</summary>
internal static class UserArguments
{
    public static ArgumentSpec Read(IReadOnlyList<string> cells, List<string> errors)
    {
        var parameters = new List<ParameterSpec>();
        var kind = ParameterKind.PositionalOrNamed;
        foreach (var cell in cells)
        {
            var (text, value) = EqualsSplitter.Split(cell);
            var match = VariableMatch.Search(text, parseType: true, ignoreErrors: true);
            var separator = match is { Identifier: '@', Base: "", Start: 0 };
            var valid = separator || match.IsAssign();
            if (!valid)
            {
                errors.Add($"Invalid argument syntax '{text}'.");
            }

            if (parameters.Any(p => p.Kind == ParameterKind.VarNamed))
            {
                errors.Add("Only last argument can be kwargs.");
            }

            if (!valid)
            {
                continue;
            }

            if (value is not null && match.Identifier != '$')
            {
                var word = match.Identifier == '@' ? "list" : "dictionary";
                errors.Add($"Only normal arguments accept default values, {word} arguments like '{text}' do not.");
                value = null;
            }

            if (!TypeInfo.TryParseVariable(match, out var type, out var error, wrap: false))
            {
                errors.Add($"Invalid argument '{text}': {error}");
            }

            Add(parameters, ref kind, match, type?.ToString(), value, errors);
        }

        return parameters.Count == 0 ? ArgumentSpec.Empty : new ArgumentSpec(parameters);
    }

    private static void Add(
        List<ParameterSpec> parameters, ref ParameterKind kind, VariableMatch match, string? type, string? value, List<string> errors)
    {
        switch (match.Identifier)
        {
            case '@':
                if (kind == ParameterKind.NamedOnly)
                {
                    errors.Add("Cannot have multiple varargs.");
                }

                kind = ParameterKind.NamedOnly;
                if (match.Base.Length > 0)
                {
                    parameters.Add(new ParameterSpec(match.Base, ParameterKind.VarPositional, type));
                }

                break;
            case '&':
                parameters.Add(new ParameterSpec(match.Base, ParameterKind.VarNamed, type));
                break;
            default:
                if (value is null && kind == ParameterKind.PositionalOrNamed && parameters.Any(p => p.HasDefault))
                {
                    errors.Add("Non-default argument after default arguments.");
                }

                parameters.Add(new ParameterSpec(match.Base, kind, type, value is not null, value));
                break;
        }
    }
}
