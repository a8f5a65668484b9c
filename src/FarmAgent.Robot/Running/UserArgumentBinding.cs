using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Arguments of one call of a user keyword: worked out in the scope of the caller, set in that of the keyword.</summary>
internal sealed class UserArgumentBinding
{
    private readonly SuiteContext _context;
    private readonly UserKeyword _keyword;
    private readonly ResolvedArguments _given;
    private readonly List<KeyValuePair<string, object?>> _embedded = [];

    private UserArgumentBinding(SuiteContext context, UserKeyword keyword, ResolvedArguments given) =>
        (_context, _keyword, _given) = (context, keyword, given);

    /// <summary>Converts the arguments of a call.</summary>
    public static UserArgumentBinding Create(SuiteContext context, UserKeyword keyword, string calledAs, ResolvedArguments resolved)
    {
        var spec = keyword.Arguments;
        var converter = context.Services.Converter;
        var binding = new UserArgumentBinding(context, keyword, new ResolvedArguments(
            [.. resolved.Positional.Select((value, i) => Convert(converter, value, i < spec.Positional.Count ? spec.Positional[i] : spec.VarPositional))],
            [.. resolved.Named.Select(pair => new KeyValuePair<string, object?>(pair.Key, Convert(converter, pair.Value, Target(spec, pair.Key))))]));
        if (keyword.Embedded is { } embedded)
        {
            binding.AddEmbedded(embedded, embedded.Match(calledAs) ?? []);
        }

        return binding;
    }

    /// <summary>Sets the variables of the keyword; defaults are resolved in its scope.</summary>
    public void SetVariables()
    {
        var variables = _context.Variables;
        foreach (var (name, value) in _embedded)
        {
            variables[$"${{{name}}}"] = value;
        }

        var spec = _keyword.Arguments;
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in _given.Named.Where(pair => Target(spec, pair.Key) != spec.VarNamed))
        {
            named[name] = value;
        }

        for (var i = 0; i < spec.Positional.Count; i++)
        {
            var parameter = spec.Positional[i];
            Set(parameter, i < _given.Positional.Count ? (true, _given.Positional[i]) : (named.TryGetValue(parameter.Name, out var value), value));
        }

        foreach (var (name, value) in named.Where(pair => spec.Find(pair.Key)!.Kind == ParameterKind.NamedOnly))
        {
            variables[$"${{{name}}}"] = value;
        }

        foreach (var parameter in spec.NamedOnly.Where(parameter => !named.ContainsKey(parameter.Name)))
        {
            Set(parameter, (false, null));
        }

        if (spec.VarPositional is { } rest)
        {
            variables[$"@{{{rest.Name}}}"] = new PyList(_given.Positional.Skip(spec.Positional.Count));
        }

        if (spec.VarNamed is { } free)
        {
            variables[$"&{{{free.Name}}}"] = new DotDict(_given.Named.Where(pair => Target(spec, pair.Key) == free)
                .Select(pair => new KeyValuePair<object?, object?>(pair.Key, pair.Value)));
        }
    }

    /// <summary>Values of the arguments for the log.</summary>
    public string TraceMessage()
    {
        var spec = _keyword.Arguments;
        var names = (_keyword.Embedded?.Arguments ?? []).Concat(spec.Positional.Select(parameter => parameter.Name)).Select(name => $"${{{name}}}")
            .Concat(spec.VarPositional is { } rest ? [$"@{{{rest.Name}}}"] : [])
            .Concat(spec.NamedOnly.Select(parameter => $"${{{parameter.Name}}}"))
            .Concat(spec.VarNamed is { } free ? [$"&{{{free.Name}}}"] : []);
        return $"Arguments: [ {string.Join(" | ", names.Select(name => $"{name}={PyPrettyText.Of(_context.Variables[name])}"))} ]";
    }

    private static ParameterSpec? Target(ArgumentSpec spec, string name) =>
        spec.Find(name) is { Kind: ParameterKind.PositionalOrNamed or ParameterKind.NamedOnly } own ? own : spec.VarNamed;

    // Defaults are text that is not resolved yet: only the declared type counts.
    private static object? Convert(TypeConverter converter, object? value, ParameterSpec? parameter) =>
        parameter?.Type is { } type ? converter.Convert(value, converter.Type(type), "Argument", parameter.Name) : value;

    private void Set(ParameterSpec parameter, (bool Given, object? Value) argument)
    {
        var value = argument.Value;
        if (!argument.Given)
        {
            try
            {
                value = _context.Variables.ReplaceScalar((string)parameter.Default!);
            }
            catch (VariableSyntaxException error)
            {
                throw new VariableSyntaxException($"Resolving argument default values failed: {error.Message}");
            }

            if (parameter.Type is { } type)
            {
                var converter = _context.Services.Converter;
                value = converter.Convert(value, converter.Type(type), "Default value for argument", parameter.Name);
            }
        }

        _context.Variables[$"${{{parameter.Name}}}"] = value;
    }

    private void AddEmbedded(EmbeddedName embedded, IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var name = embedded.Arguments[i];
            var value = _context.Variables.ReplaceScalar(cells[i]);
            if (embedded.Types[i] is { } type)
            {
                value = _context.Services.Converter.Convert(value, type, "Argument", name);
            }

            _embedded.Add(new(name, value));
            if (value is string text && embedded.CustomPatterns.TryGetValue(name, out var pattern) && PyRegex.Compile(pattern).FullMatch(text) is null)
            {
                _context.Log(
                    $"Embedded argument '{name}' got value {PyText.Repr(value)} that does not match custom pattern {PyText.Repr(pattern)}. The argument "
                    + "is still accepted, but this behavior will change in Robot Framework 8.0.",
                    MessageLevel.Warn);
            }
        }
    }
}
