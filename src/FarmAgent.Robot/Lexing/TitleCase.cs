using System.Text;

namespace FarmAgent.Robot.Lexing;

/// <summary>Title case by the rule of the language: a letter after a non-letter is upper-case, any other lower-case.</summary>
internal static class TitleCase
{
    public static string Of(string text)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            result.Append(inWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            inWord = char.IsLetter(c);
        }

        return result.ToString();
    }

    /// <summary>Every white-space character becomes a space.</summary>
    public static string NormalizeSpaces(string text) =>
        text.Any(c => char.IsWhiteSpace(c) && c != ' ') ? string.Concat(text.Select(c => char.IsWhiteSpace(c) ? ' ' : c)) : text;
}
