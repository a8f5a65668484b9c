using System.Text;

namespace FarmAgent.Robot.Libraries;

/// <summary>Names in code as results show them: <c>open_door</c> and <c>openDoor</c> are <c>Open Door</c>.</summary>
internal static class CodeNames
{
    public static string ToKeyword(string name)
    {
        var words = name.Replace('_', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 1 && !name.All(char.IsLower))
        {
            words = [.. CamelWords(words[0])];
        }

        return string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static IEnumerable<string> CamelWords(string text)
    {
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (word.Length > 0 && Starts(i == 0 ? ' ' : text[i - 1], text[i], i + 1 < text.Length ? text[i + 1] : ' '))
            {
                yield return word.ToString();
                word.Clear();
            }

            word.Append(text[i]);
        }

        yield return word.ToString();
    }

    private static bool Starts(char before, char c, char after)
    {
        if (char.IsDigit(before))
        {
            return !char.IsDigit(c);
        }

        return char.IsUpper(c) ? char.IsLower(after) || (char.IsLetter(before) && !char.IsUpper(before)) : char.IsDigit(c);
    }
}
