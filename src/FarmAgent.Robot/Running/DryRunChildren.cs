using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Which keywords a keyword would run, as far as its cells tell.</summary>
internal static class DryRunChildren
{
    /// <summary>Calls that a keyword would make; <see langword="null"/> if it runs none.</summary>
    public static Func<IEnumerable<IReadOnlyList<object?>>>? Find(LibraryKeyword keyword, IReadOnlyList<object?> cells)
    {
        switch (keyword.Name)
        {
            case "Run Keyword If":
                return () => OfRunKeywordIf(cells);
            case "Run Keywords":
                return () => OfRunKeywords(cells);
        }

        var name = keyword.Descriptor.Arguments.Positional.ToList().FindIndex(parameter => parameter.Name == "name");
        var runs = name >= 0 && (keyword.Name.StartsWith("Run Keyword", StringComparison.Ordinal)
            || keyword.Name is "Repeat Keyword" or "Wait Until Keyword Succeeds");
        return runs ? () => [[.. cells.Skip(name)]] : null;
    }

    private static IEnumerable<IReadOnlyList<object?>> OfRunKeywords(IReadOnlyList<object?> cells)
    {
        if (!cells.Contains("AND"))
        {
            foreach (var cell in cells)
            {
                yield return [cell];
            }

            yield break;
        }

        var rest = cells.ToList();
        for (var index = rest.IndexOf("AND"); index >= 0; index = rest.IndexOf("AND"))
        {
            yield return rest[..index];
            rest = rest[(index + 1)..];
        }

        if (rest.Count > 0)
        {
            yield return rest;
        }
    }

    private static List<IReadOnlyList<object?>> OfRunKeywordIf(IReadOnlyList<object?> cells)
    {
        var calls = new List<IReadOnlyList<object?>>();
        var rest = cells.ToList();
        for (var index = rest.IndexOf("ELSE IF"); index >= 0; index = rest.IndexOf("ELSE IF"))
        {
            Split(calls, ref rest, index, 2);
        }

        var other = rest.IndexOf("ELSE");
        if (other >= 0)
        {
            Split(calls, ref rest, other, 1);
            calls.Add(rest);
        }
        else if (IsValid(rest, 2) && !IsList(rest[0]))
        {
            calls.Add(rest[1..]);
        }

        return calls;
    }

    private static void Split(List<IReadOnlyList<object?>> calls, ref List<object?> rest, int index, int required)
    {
        var (call, remaining) = (rest[..index], rest[(index + 1)..]);
        if (!IsValid(call, 2) || !IsValid(remaining, required))
        {
            throw new VariableSyntaxException("Invalid 'Run Keyword If' usage.");
        }

        if (!IsList(call[0]))
        {
            calls.Add(call[1..]);
        }

        rest = remaining;
    }

    private static bool IsValid(List<object?> call, int least) => call.Count >= least || call.Exists(IsList);

    private static bool IsList(object? cell) => cell is string text && VariableKinds.IsList(text);
}
