using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>Arguments of a call sorted into positional and named ones.</summary>
/// <param name="Positional">Positional arguments.</param>
/// <param name="Named">Named arguments in order.</param>
internal sealed record ResolvedArguments(List<object?> Positional, List<KeyValuePair<string, object?>> Named);

/// <summary>Finds named arguments, replaces variables and checks the result against a specification.</summary>
/// <param name="spec">The specification.</param>
/// <param name="subject">How messages start, for example <c>Keyword 'Log'</c>.</param>
/// <param name="rawAfter">How many leading arguments are resolved when the rest stays as written; such calls have no named arguments.</param>
internal sealed class ArgumentResolver(ArgumentSpec spec, string subject, int? rawAfter = null)
{
    /// <summary>Resolves a call. Without variables (dry run) values stay as written.</summary>
    /// <exception cref="VariableSyntaxException">The arguments do not fit.</exception>
    public ResolvedArguments Resolve(IReadOnlyList<object?> cells, VariableSet? variables)
    {
        var (positional, named) = rawAfter is null ? SplitNamed(cells, variables) : ([.. cells], []);
        var values = variables?.ReplaceList(positional, rawAfter) ?? positional;
        var resolvedNames = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in named)
        {
            ReplaceNamed(resolvedNames, name, value, variables);
        }

        var unknown = variables is null
            && (values.Any(value => value is string text && VariableKinds.IsList(text)) || resolvedNames.Any(pair => VariableKinds.IsDict(pair.Key)));
        if (!unknown)
        {
            Validate(values, resolvedNames);
        }

        return new ResolvedArguments(values, resolvedNames);
    }

    // A pair without a value is a dictionary variable.
    private (List<object?> Positional, List<(string Name, object? Value)> Named) SplitNamed(IReadOnlyList<object?> cells, VariableSet? variables)
    {
        var positional = new List<object?>(cells.Count);
        List<(string, object?)> named = [];
        foreach (var cell in cells)
        {
            var isPositionalOnly = positional.Count < spec.Positional.Count && named.Count == 0
                && spec.Positional[positional.Count].Kind == ParameterKind.PositionalOnly;
            if (isPositionalOnly)
            {
                positional.Add(cell);
                continue;
            }

            if (cell is string text && VariableKinds.IsDict(text))
            {
                named.Add((text, null));
                continue;
            }

            if (cell is string written && written.Contains('=', StringComparison.Ordinal) && EqualsSplitter.Split(written) is (var name, { } value) && IsNamed(name, named.Count > 0, variables))
            {
                named.Add((name, value));
            }
            else if (named.Count > 0)
            {
                throw new VariableSyntaxException($"{subject} got positional argument after named arguments.");
            }
            else
            {
                positional.Add(cell);
            }
        }

        return (positional, named);
    }

    private bool IsNamed(string name, bool afterNamed, VariableSet? variables)
    {
        if (afterNamed || spec.VarNamed is not null)
        {
            return true;
        }

        if (variables is not null && VariableMatch.Contains(name))
        {
            try
            {
                name = PyText.Str(variables.ReplaceScalar(name));
            }
            catch (VariableSyntaxException)
            {
                return false;
            }
        }

        return spec.Find(name) is { Kind: ParameterKind.PositionalOrNamed or ParameterKind.NamedOnly };
    }

    private static void ReplaceNamed(List<KeyValuePair<string, object?>> result, string name, object? value, VariableSet? variables)
    {
        if (variables is null)
        {
            result.Add(new(name, value ?? name));
        }
        else if (value is null)
        {
            foreach (var (key, item) in (PyDict)variables.ReplaceScalar(name)!)
            {
                result.Add(new(key as string ?? throw new VariableSyntaxException("Argument names must be strings."), item));
            }
        }
        else
        {
            var key = variables.ReplaceScalar(name) as string ?? throw new VariableSyntaxException("Argument names must be strings.");
            result.Add(new(key, value is string text ? variables.ReplaceScalar(text) : value));
        }
    }

    private void Validate(List<object?> positional, List<KeyValuePair<string, object?>> named)
    {
        if (named.Count == 0 && positional.Count >= spec.MinArguments && positional.Count <= spec.MaxArguments && spec.NamedOnly.Count == 0)
        {
            return;
        }

        var names = named.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in spec.Positional.Take(positional.Count))
        {
            if (parameter.Kind != ParameterKind.PositionalOnly && names.Contains(parameter.Name))
            {
                throw Fail($"got multiple values for argument '{parameter.Name}'");
            }
        }

        var count = positional.Count + names.Count(name => spec.Find(name) is { Kind: ParameterKind.PositionalOrNamed });
        if (count < spec.MinArguments || count > spec.MaxArguments)
        {
            throw Fail($"expected {ExpectedCount()}, got {count}");
        }

        foreach (var parameter in spec.Positional.Skip(positional.Count).Where(parameter => !parameter.HasDefault && !names.Contains(parameter.Name)))
        {
            throw Fail($"missing value for argument '{parameter.Name}'");
        }

        CheckNames("missing named-only argument", spec.NamedOnly.Where(p => !p.HasDefault && !names.Contains(p.Name)).Select(p => p.Name));
        if (spec.VarNamed is null)
        {
            CheckNames("got unexpected named argument", names.Where(name => spec.Find(name) is not { Kind: ParameterKind.PositionalOrNamed or ParameterKind.NamedOnly }));
        }
    }

    private void CheckNames(string problem, IEnumerable<string> names)
    {
        var list = names.Order(StringComparer.Ordinal).ToList();
        if (list.Count > 0)
        {
            throw Fail($"{problem}{(list.Count == 1 ? "" : "s")} {Parsing.ErrorList.Quote(list)}");
        }
    }

    private string ExpectedCount()
    {
        var (min, max) = (spec.MinArguments, spec.MaxArguments);
        var word = spec.VarNamed is not null || spec.NamedOnly.Count > 0 ? "non-named argument" : "argument";
        return min == max ? $"{min} {word}{(min == 1 ? "" : "s")}"
            : spec.VarPositional is null ? $"{min} to {max} {word}s"
            : $"at least {min} {word}{(min == 1 ? "" : "s")}";
    }

    private VariableSyntaxException Fail(string problem) => new($"{subject} {problem}.");
}
