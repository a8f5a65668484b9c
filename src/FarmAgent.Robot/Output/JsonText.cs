using System.Buffers;

namespace FarmAgent.Robot.Output;

/// <summary>JSON strings that may stand inside a <c>script</c> element: a <c>&lt;</c> is never written as such.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\e\u001c\u001d\u001e\u001f\"\\<");

    public static void Write(Utf8Output output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            output.Write(text[..at]);
            WriteSpecial(output, text[at]);
            text = text[(at + 1)..];
        }

        output.Write(text);
        output.Write("\""u8);
    }

    private static void WriteSpecial(Utf8Output output, char c)
    {
        switch (c)
        {
            case '"':
                output.Write("\\\""u8);
                break;
            case '\\':
                output.Write("\\\\"u8);
                break;
            case '\n':
                output.Write("\\n"u8);
                break;
            default:
                output.Write($"\\u{(int)c:x4}");
                break;
        }
    }
}
