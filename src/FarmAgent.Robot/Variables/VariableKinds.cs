namespace FarmAgent.Robot.Variables;

/// <summary>Whether a whole cell is one variable of a kind.</summary>
internal static class VariableKinds
{
    public static bool IsList(string text) => text.StartsWith('@') && VariableMatch.Search(text, "@", ignoreErrors: true).IsVariable;

    public static bool IsDict(string text) => text.StartsWith('&') && VariableMatch.Search(text, "&", ignoreErrors: true).IsVariable;
}
