using System.Text.RegularExpressions;

namespace FarmAgent.Architecture.Tests.Sources;

/// <summary>C# source as far as the checks need it.</summary>
internal static partial class CSharpText
{
    /// <summary>The source without comments and without literals, line breaks kept.</summary>
    public static string CodeOnly(string text) =>
        NotCode().Replace(text, match => new string('\n', match.Value.Count(character => character == '\n')));

    [GeneratedRegex(
        """
        //[^\n]*|/\*[\s\S]*?\*/|(?<quotes>"{3,})[\s\S]*?\k<quotes>|\$?@\$?"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex NotCode();
}
