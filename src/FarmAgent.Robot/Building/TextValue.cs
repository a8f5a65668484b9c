using System.Text;
using FarmAgent.Robot.Lexing;

namespace FarmAgent.Robot.Building;

/// <summary>Puts the cells of a documentation or metadata setting into one text.</summary>
internal static class TextValue
{
    /// <summary>Cells of a row are joined by a space, rows by a line feed unless they end with a backslash; deeper indentation is kept.</summary>
    public static string Join(IReadOnlyList<Token> cells)
    {
        var text = new StringBuilder();
        var indent = -1;
        foreach (var line in cells.GroupBy(cell => cell.Line).Select(group => group.ToList()))
        {
            AppendLine(text, line, indent);
            var first = line[0];
            if (indent < 0 || (first.Column > 0 && first.Column < indent && first.Value.Length > 0))
            {
                indent = first.Column;
            }
        }

        return text.ToString().TrimEnd();
    }

    private static void AppendLine(StringBuilder text, List<Token> line, int offset)
    {
        for (var i = 0; i < line.Count; i++)
        {
            if (line[i].Column > offset && offset > 0)
            {
                text.Append(' ', line[i].Column - offset);
            }
            else if (i > 0)
            {
                text.Append(' ');
            }

            var value = line[i].Value;
            text.Append(EndsWithOddBackslash(value) ? value[..^1] : value);
            offset = line[i].EndColumn;
        }

        var last = line[^1].Value;
        if (!EndsWithOddBackslash(last) && !(last.EndsWith('n') && EndsWithOddBackslash(last[..^1])))
        {
            text.Append('\n');
        }
    }

    private static bool EndsWithOddBackslash(string value) => (value.Length - value.TrimEnd('\\').Length) % 2 == 1;
}
