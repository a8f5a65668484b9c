namespace FarmAgent.Robot.Parsing;

/// <summary>Options such as <c>limit=5</c> at the end of a row.</summary>
internal static class RowOptions
{
    /// <summary>Takes the options from the end of the cells, each at most once.</summary>
    public static Dictionary<string, string> Take(List<string> cells, params string[] names)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        while (cells.Count > 0)
        {
            var split = cells[^1].IndexOf('=', StringComparison.Ordinal);
            if (split < 0 || !names.Contains(cells[^1][..split]) || !options.TryAdd(cells[^1][..split], cells[^1][(split + 1)..]))
            {
                break;
            }

            cells.RemoveAt(cells.Count - 1);
        }

        return options;
    }

    /// <summary>Checks a value against the words that are allowed; values with variables are checked when they are known.</summary>
    public static void Check(List<string> errors, string type, Dictionary<string, string> options, string name, params string[] allowed)
    {
        if (options.TryGetValue(name, out var value) && !allowed.Contains(value.ToUpperInvariant()) && !Variables.VariableMatch.Contains(value))
        {
            errors.Add($"{type} option '{name}' does not accept value '{value}'. Valid values are {ErrorList.Quote(allowed)}.");
        }
    }
}
