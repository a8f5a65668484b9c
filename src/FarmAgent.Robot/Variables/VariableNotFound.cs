using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>The message for a missing variable, with similar names.</summary>
internal static class VariableNotFound
{
    public static VariableSyntaxException Create(
        string name, NormalizedDictionary<object?> candidates, string? message = null, bool hasBraces = true) =>
        Create(name, candidates.Names, other => candidates.TryGet(other, out var value) ? value : null, message, hasBraces);

    public static VariableSyntaxException CreateForEnvironment(string name, IEnumerable<string> candidates) =>
        Create(name, candidates, _ => null, $"Environment variable '{name}' not found.", hasBraces: true);

    private static VariableSyntaxException Create(
        string name, IEnumerable<string> candidates, Func<string, object?> valueOf, string? message, bool hasBraces)
    {
        var identifier = name[0];
        var similar = SimilarNames.Find(name, candidates, text => NormalizedNames.Normalize(text, "$@&%{}_"))
            .Where(other => identifier switch
            {
                '@' => PyIteration.IsListLike(valueOf(other)),
                '&' => valueOf(other) is PyDict,
                _ => true,
            })
            .Select(other => hasBraces ? $"{identifier}{{{other}}}" : $"{identifier}{other}")
            .ToList();
        return new VariableSyntaxException(SimilarNames.Format(message ?? $"Variable '{name}' not found.", similar));
    }
}
