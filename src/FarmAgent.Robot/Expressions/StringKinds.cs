using System.Globalization;
using System.Text;

namespace FarmAgent.Robot.Expressions;

/// <summary>What characters and texts are: cased, numeric, identifiers.</summary>
internal static class StringKinds
{
    public static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
        || (rune.IsBmp && CharUnicodeInfo.GetDigitValue((char)rune.Value) >= 0);

    public static bool IsNumeric(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber || Rune.GetNumericValue(rune) >= 0;

    public static bool IsCased(string character) =>
        Rune.GetRuneAt(character, 0) is var rune && Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    public static bool IsUpper(string text) => HasOnly(text, UnicodeCategory.UppercaseLetter);

    public static bool IsLower(string text) => HasOnly(text, UnicodeCategory.LowercaseLetter);

    /// <summary>Upper case only at the start of words, lower case only behind a letter.</summary>
    public static bool IsTitle(string text)
    {
        var (isInWord, isFound) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter)
            {
                if (isInWord)
                {
                    return false;
                }

                (isInWord, isFound) = (true, true);
            }
            else if (category == UnicodeCategory.LowercaseLetter)
            {
                if (!isInWord)
                {
                    return false;
                }

                isFound = true;
            }
            else
            {
                isInWord = false;
            }
        }

        return isFound;
    }

    public static bool IsIdentifier(string text) => text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_')
        && text.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static bool HasOnly(string text, UnicodeCategory wanted)
    {
        var isFound = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == wanted)
            {
                isFound = true;
            }
            else if (category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter)
            {
                return false;
            }
        }

        return isFound;
    }
}
