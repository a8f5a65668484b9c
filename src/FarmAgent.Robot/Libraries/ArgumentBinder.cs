namespace FarmAgent.Robot.Libraries;

/// <summary>Puts resolved arguments into the places of a specification, converted by their types.</summary>
internal static class ArgumentBinder
{
    public static KeywordArguments Bind(ArgumentSpec spec, ResolvedArguments given, TypeConverter converter, bool allowUnresolved)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Positional.Count && i < given.Positional.Count; i++)
        {
            values[spec.Positional[i].Name] = converter.ConvertArgument(given.Positional[i], spec.Positional[i], allowUnresolved);
        }

        var rest = given.Positional.Skip(spec.Positional.Count)
            .Select(value => spec.VarPositional is { } parameter ? converter.ConvertArgument(value, parameter, allowUnresolved) : value).ToList();
        var free = new List<KeyValuePair<string, object?>>();
        foreach (var (name, value) in given.Named)
        {
            var own = spec.Find(name) is { Kind: ParameterKind.PositionalOrNamed or ParameterKind.NamedOnly } parameter ? parameter : spec.VarNamed;
            var converted = own is null ? value : converter.ConvertArgument(value, own, allowUnresolved);
            if (own == spec.VarNamed)
            {
                free.Add(new(name, converted));
            }
            else
            {
                values[name] = converted;
            }
        }

        foreach (var parameter in spec.Parameters.Where(parameter => parameter.HasDefault))
        {
            values.TryAdd(parameter.Name, parameter.Default);
        }

        return new KeywordArguments(values, rest, free);
    }
}
