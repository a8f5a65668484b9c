using System.Collections.Frozen;
using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>Case mapping as Python does it, including characters that become several (ß, ŉ).</summary>
internal static class UnicodeCase
{
    /// <summary>For comparing without case.</summary>
    public static string Fold(string text) => IsAscii(text)
        ? text.ToLowerInvariant()
        : Map(text, UnicodeFacts.Instance.Foldings, Rune.ToLowerInvariant);

    public static string Lower(string text)
    {
        if (IsAscii(text))
        {
            return text.ToLowerInvariant();
        }

        var lower = Map(text, UnicodeFacts.Instance.Lowers, Rune.ToLowerInvariant);
        return text.Contains('\u03a3') ? WithFinalSigma(text, lower) : lower;
    }

    public static string Upper(string text) => IsAscii(text)
        ? text.ToUpperInvariant()
        : Map(text, UnicodeFacts.Instance.Uppers, Rune.ToUpperInvariant);

    /// <summary>Title case of one character.</summary>
    public static string Title(string character) => IsAscii(character)
        ? character.ToUpperInvariant()
        : UnicodeFacts.Instance.Titles.TryGetValue(char.ConvertToUtf32(character, 0), out var title) ? title : Upper(character);

    private static bool IsAscii(string text) => Ascii.IsValid(text);

    private static string Map(string text, FrozenDictionary<int, string> special, Func<Rune, Rune> simple)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (special.TryGetValue(rune.Value, out var mapped))
            {
                output.Append(mapped);
            }
            else
            {
                output.Append(simple(rune));
            }
        }

        return output.ToString();
    }

    /// <summary>A capital sigma at the end of a word becomes the final form.</summary>
    private static string WithFinalSigma(string text, string lower)
    {
        if (lower.Length != text.Length)
        {
            return lower;
        }

        var output = lower.ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u03a3' && i > 0 && char.IsLetter(text[i - 1]) && (i + 1 == text.Length || !char.IsLetter(text[i + 1])))
            {
                output[i] = '\u03c2';
            }
        }

        return new string(output);
    }
}
