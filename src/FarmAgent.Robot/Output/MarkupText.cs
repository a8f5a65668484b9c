using System.Text;

namespace FarmAgent.Robot.Output;

/// <summary>Text made safe for XML and HTML; characters that XML does not allow vanish.</summary>
internal static class MarkupText
{
    public static string Escape(string text) => Escape(text, isAttribute: false);

    public static string EscapeAttribute(string text) => Escape(text, isAttribute: true);

    private static string Escape(string text, bool isAttribute)
    {
        if (!NeedsEscape(text))
        {
            return text;
        }

        var output = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '&':
                    output.Append("&amp;");
                    break;
                case '<':
                    output.Append("&lt;");
                    break;
                case '>':
                    output.Append("&gt;");
                    break;
                case '"' when isAttribute:
                    output.Append("&quot;");
                    break;
                case '\n' or '\r' or '\t' when isAttribute:
                    output.Append($"&#{(int)c:00};");
                    break;
                case < ' ' and not ('\n' or '\r' or '\t'):
                case '\ufffe' or '\uffff':
                    break;
                case >= '\ud800' and <= '\udfff':
                    if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                    {
                        output.Append(c).Append(text[++i]);
                    }

                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        return output.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or '&' or '<' or '>' or '"' or >= '\ud800')
            {
                return true;
            }
        }

        return false;
    }
}
