namespace FarmAgent.Robot.Libraries;

/// <summary>Puts resolved arguments into the places of a specification, converted by their types.</summary>
internal static class ArgumentBinder
{
    /// <summary>Converts the arguments of a call and puts them into their places.</summary>
    public static KeywordArguments Bind(ArgumentSpec spec, ResolvedArguments given, TypeConverter converter, bool allowUnresolved) =>
        Place(spec, Convert(spec, given, converter, allowUnresolved));

    /// <summary>The arguments of a call, converted by their types.</summary>
    public static ResolvedArguments Convert(ArgumentSpec spec, ResolvedArguments given, TypeConverter converter, bool allowUnresolved)
    {
        var positional = new List<object?>(given.Positional.Count);
        for (var i = 0; i < given.Positional.Count; i++)
        {
            positional.Add(One(given.Positional[i], i < spec.Positional.Count ? spec.Positional[i] : spec.VarPositional));
        }

        return new ResolvedArguments(
            positional,
            given.Named.Count == 0 ? [] : given.Named.ConvertAll(pair => new KeyValuePair<string, object?>(pair.Key, One(pair.Value, Target(spec, pair.Key)))));

        object? One(object? value, ParameterSpec? parameter) =>
            parameter is null ? value : converter.ConvertArgument(value, parameter, allowUnresolved);
    }

    /// <summary>Puts arguments into their places; those that are missing get their defaults.</summary>
    public static KeywordArguments Place(ArgumentSpec spec, ResolvedArguments given)
    {
        var values = new object?[spec.Parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = spec.Parameters[i] is { HasDefault: true } parameter ? parameter.Default : null;
        }

        for (var i = 0; i < spec.Positional.Count && i < given.Positional.Count; i++)
        {
            values[spec.IndexOf(spec.Positional[i].Name)] = given.Positional[i];
        }

        List<KeyValuePair<string, object?>> free = [];
        foreach (var (name, value) in given.Named)
        {
            if (Target(spec, name) != spec.VarNamed)
            {
                values[spec.IndexOf(name)] = value;
                continue;
            }

            var known = free.FindIndex(pair => pair.Key == name);
            if (known >= 0)
            {
                free[known] = new(name, value);
            }
            else
            {
                free.Add(new(name, value));
            }
        }

        IReadOnlyList<object?> more = given.Positional.Count > spec.Positional.Count ? given.Positional[spec.Positional.Count..] : [];
        return new KeywordArguments(spec, values, more, free, given);
    }

    private static ParameterSpec? Target(ArgumentSpec spec, string name) =>
        spec.Find(name) is { Kind: ParameterKind.PositionalOrNamed or ParameterKind.NamedOnly } own ? own : spec.VarNamed;
}
