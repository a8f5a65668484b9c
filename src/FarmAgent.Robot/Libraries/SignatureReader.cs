using System.Globalization;
using System.Numerics;

namespace FarmAgent.Robot.Libraries;

/// <summary>Reads argument specifications of native keywords, written as Python signatures.</summary>
internal static class SignatureReader
{
    public static ArgumentSpec Read(string signature)
    {
        var parameters = new List<ParameterSpec>();
        var kind = ParameterKind.PositionalOrNamed;
        foreach (var part in Split(signature, ','))
        {
            var text = part.Trim();
            if (text == "/")
            {
                for (var i = 0; i < parameters.Count; i++)
                {
                    parameters[i] = parameters[i] with { Kind = ParameterKind.PositionalOnly };
                }
            }
            else if (text == "*")
            {
                kind = ParameterKind.NamedOnly;
            }
            else if (text.StartsWith("**", StringComparison.Ordinal))
            {
                parameters.Add(ReadOne(text[2..], ParameterKind.VarNamed));
            }
            else if (text.StartsWith('*'))
            {
                parameters.Add(ReadOne(text[1..], ParameterKind.VarPositional));
                kind = ParameterKind.NamedOnly;
            }
            else if (text.Length > 0)
            {
                parameters.Add(ReadOne(text, kind));
            }
        }

        return parameters.Count == 0 ? ArgumentSpec.Empty : new ArgumentSpec(parameters);
    }

    private static ParameterSpec ReadOne(string text, ParameterKind kind)
    {
        var halves = Split(text, '=');
        var head = halves[0];
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? head : head[..colon]).Trim();
        var type = colon < 0 ? null : head[(colon + 1)..].Trim();
        return halves.Count == 1
            ? new ParameterSpec(name, kind, type)
            : new ParameterSpec(name, kind, type, HasDefault: true, ReadDefault(text[(head.Length + 1)..].Trim()));
    }

    private static object? ReadDefault(string text)
    {
        if (text.Length >= 2 && text[0] is '\'' or '"')
        {
            return text[1..^1].Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        }

        return text switch
        {
            "None" => null,
            "True" => true,
            "False" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ when BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big) => big,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
            _ => text,
        };
    }

    // Splits at a separator outside quotes and brackets.
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, depth, quote) = (0, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c is '[' or '(')
            {
                depth++;
            }
            else if (c is ']' or ')')
            {
                depth--;
            }
            else if (c == separator && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
