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
        object? One(object? value, ParameterSpec? parameter) =>
            parameter is null ? value : converter.ConvertArgument(value, parameter, allowUnresolved);
        return new ResolvedArguments(
            [.. given.Positional.Select((value, i) => One(value, i < spec.Positional.Count ? spec.Positional[i] : spec.VarPositional))],
            [.. given.Named.Select(pair => new KeyValuePair<string, object?>(pair.Key, One(pair.Value, Target(spec, pair.Key))))]);
    }

    /// <summary>Puts arguments into their places; those that are missing get their defaults.</summary>
    public static KeywordArguments Place(ArgumentSpec spec, ResolvedArguments given)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Positional.Count && i < given.Positional.Count; i++)
        {
            values[spec.Positional[i].Name] = given.Positional[i];
        }

        var free = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in given.Named)
        {
            if (Target(spec, name) == spec.VarNamed)
            {
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
            else
            {
                values[name] = value;
            }
        }

        foreach (var parameter in spec.Parameters.Where(parameter => parameter.HasDefault))
        {
            values.TryAdd(parameter.Name, parameter.Default);
        }

        return new KeywordArguments(values, [.. given.Positional.Skip(spec.Positional.Count)], free, given);
    }

    private static ParameterSpec? Target(ArgumentSpec spec, string name) =>
        spec.Find(name) is { Kind: ParameterKind.PositionalOrNamed or ParameterKind.NamedOnly } own ? own : spec.VarNamed;
}
