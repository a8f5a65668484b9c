using System.Text;

namespace FarmAgent.Robot.Variables;

/// <summary>Escapes inside the braces of a variable.</summary>
internal static class VariableSyntax
{
    /// <summary>Inside a variable name only backslashes before braces and variables are escapes.</summary>
    public static string UnescapeSyntax(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '\\')
            {
                output.Append(text[i++]);
                continue;
            }

            var end = i;
            while (end < text.Length && text[end] == '\\')
            {
                end++;
            }

            var isEscape = (end - i) % 2 == 1 && end < text.Length && text[end] != '\n' && StartsSyntax(text[end..]);
            output.Append('\\', end - i - (isEscape ? 1 : 0));
            i = end;
        }

        return output.ToString();
    }

    private static bool StartsSyntax(string text) => text[0] is '{' or '}' || VariableMatch.Search(text, ignoreErrors: true).Start == 0;
}
