using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>Names are compared without case and white space, most of them also without underscores.</summary>
internal static class NormalizedNames
{
    /// <summary>Case folded, without white space and without the ignored characters.</summary>
    public static string Normalize(string name, string ignored = "")
    {
        if (IsNormal(name, ignored))
        {
            return name;
        }

        var output = new StringBuilder(name.Length);
        foreach (var c in UnicodeCase.Fold(name))
        {
            if (!PyWhitespace.Contains(c) && !ignored.Contains(c))
            {
                output.Append(c);
            }
        }

        return output.ToString();
    }

    private static bool IsNormal(string name, string ignored)
    {
        foreach (var c in name)
        {
            if (c is <= ' ' or >= '\x7f' or >= 'A' and <= 'Z' || ignored.Contains(c))
            {
                return false;
            }
        }

        return true;
    }
}
