using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>Values of variables with the type Secret: only the environment and other secrets give one.</summary>
internal static class Secrets
{
    public static object? Resolve(string text, VariableSet variables)
    {
        var match = VariableMatch.Search(text, "$%");
        if (match.IsVariable)
        {
            var value = variables.ReplaceScalar(match.Match);
            return match.Identifier == '%' ? new PySecret(PyText.InMessages(value)) : value;
        }

        var isSecret = false;
        var parts = new List<string>();
        for (; match.Found; match = VariableMatch.Search(match.After, "$%"))
        {
            var value = variables.ReplaceScalar(match.Match);
            isSecret |= match.Identifier == '%' || value is PySecret;
            parts.Add(Escapes.Unescape(match.Before));
            parts.Add(value is PySecret secret ? secret.Value : PyText.InMessages(value));
        }

        parts.Add(Escapes.Unescape(match.Text));
        var joined = string.Concat(parts);
        return isSecret ? new PySecret(joined) : joined;
    }
}
