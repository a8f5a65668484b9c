using System.Buffers;
using System.Text;

namespace FarmAgent.Robot.Output;

/// <summary>Text made safe for XML and HTML; characters that XML does not allow vanish.</summary>
internal static class MarkupText
{
    private const string Controls =
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\v\f\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\e\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> SpecialInText = SearchValues.Create(Controls + "&<>");
    private static readonly SearchValues<char> SpecialInAttribute = SearchValues.Create(Controls + "&<>\"\n\r\t");

    public static string Escape(string text) => Escape(text, SpecialInText);

    public static string EscapeAttribute(string text) => Escape(text, SpecialInAttribute);

    public static void Write(Utf8Output output, ReadOnlySpan<char> text) => Write(output, text, SpecialInText);

    public static void WriteAttribute(Utf8Output output, ReadOnlySpan<char> text) => Write(output, text, SpecialInAttribute);

    private static string Escape(string text, SearchValues<char> special)
    {
        if (!text.AsSpan().ContainsAny(special) && !text.AsSpan().ContainsAnyInRange('\ud800', '\uffff'))
        {
            return text;
        }

        using var memory = new MemoryStream();
        using (var output = new Utf8Output(memory))
        {
            Write(output, text, special);
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static void Write(Utf8Output output, ReadOnlySpan<char> text, SearchValues<char> special)
    {
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            WriteAllowed(output, text[..at]);
            output.Write(text[at] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '"' => "&quot;"u8,
                '\n' => "&#10;"u8,
                '\r' => "&#13;"u8,
                '\t' => "&#09;"u8,
                _ => default,
            });
            text = text[(at + 1)..];
        }

        WriteAllowed(output, text);
    }

    // Halves of surrogate pairs and the two characters that are none are left out.
    private static void WriteAllowed(Utf8Output output, ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\ud800', '\uffff'); at >= 0; at = text.IndexOfAnyInRange('\ud800', '\uffff'))
        {
            output.Write(text[..at]);
            var isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            var length = isPair ? 2 : 1;
            if (isPair || text[at] is >= '\ue000' and < '\ufffe')
            {
                output.Write(text.Slice(at, length));
            }

            text = text[(at + length)..];
        }

        output.Write(text);
    }
}
