using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Commands with their arguments as one text, and back.</summary>
internal static class CommandLines
{
    /// <summary>Joins with the quotes that Windows programs expect; that is also how logs show commands.</summary>
    public static string Join(IEnumerable<string> arguments)
    {
        var output = new StringBuilder();
        foreach (var argument in arguments)
        {
            output.Append(output.Length > 0 ? " " : string.Empty);
            var needsQuotes = argument.Length == 0 || argument.Contains(' ') || argument.Contains('\t');
            output.Append(needsQuotes ? "\"" : string.Empty);
            var slashes = 0;
            foreach (var c in argument)
            {
                if (c == '\\')
                {
                    slashes++;
                    continue;
                }

                output.Append('\\', c == '"' ? (slashes * 2) + 1 : slashes).Append(c);
                slashes = 0;
            }

            output.Append('\\', needsQuotes ? slashes * 2 : slashes).Append(needsQuotes ? "\"" : string.Empty);
        }

        return output.ToString();
    }

    /// <summary>Splits at white space outside quotes; backslashes escape only if asked for.</summary>
    public static List<string> Split(string text, bool isEscaping)
    {
        var parts = new List<string>();
        StringBuilder? part = null;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && PyWhitespace.Contains(c))
            {
                if (part is not null)
                {
                    parts.Add(part.ToString());
                    part = null;
                }

                continue;
            }

            part ??= new StringBuilder();
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
            else if (isEscaping && c == '\\' && i + 1 < text.Length)
            {
                var next = text[++i];
                part.Append(quote != '\0' && next != quote && next != '\\' ? "\\" : string.Empty).Append(next);
            }
            else
            {
                part.Append(c);
            }
        }

        if (quote != '\0')
        {
            throw PyErrorException.ValueError($"Parsing '{text}' failed: No closing quotation");
        }

        if (part is not null)
        {
            parts.Add(part.ToString());
        }

        return parts;
    }
}
