using System.Text;

namespace FarmAgent.Robot.Patterns;

/// <summary>Makes text literal inside a regular expression.</summary>
internal static class PyRegexEscape
{
    private const string Special = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f";

    public static string Escape(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = Special.Contains(c) ? output.Append('\\').Append(c) : output.Append(c);
        }

        return output.ToString();
    }
}
