using System.Globalization;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Patterns;

/// <summary>What replaces a match: text with <c>\1</c>, <c>\g&lt;name&gt;</c> and escapes.</summary>
internal sealed class PyRegexTemplate
{
    private readonly List<(string Text, int Group)> _parts = [];

    private PyRegexTemplate()
    {
    }

    /// <summary>Reads a template.</summary>
    /// <exception cref="PyErrorException">Python's <c>error</c> for bad references and escapes, IndexError for unknown names.</exception>
    public static PyRegexTemplate Parse(string template, PyRegex regex)
    {
        var result = new PyRegexTemplate();
        var text = new StringBuilder();
        for (var i = 0; i < template.Length;)
        {
            if (template[i] != '\\')
            {
                text.Append(template[i++]);
                continue;
            }

            if (i + 1 >= template.Length)
            {
                throw Error("bad escape (end of pattern)", i);
            }

            i = result.ReadEscape(template, i, text, regex);
        }

        result._parts.Add((text.ToString(), -1));
        return result;
    }

    public string Expand(PyRegexMatch match) => string.Concat(_parts.Select(part => part.Text + (part.Group < 0 ? null : match.Group(part.Group))));

    private static PyErrorException Error(string message, int position) => new("error", $"{message} at position {position}");

    private int ReadEscape(string template, int start, StringBuilder text, PyRegex regex)
    {
        var c = template[start + 1];
        switch (c)
        {
            case 'g':
                return ReadNamed(template, start, text, regex);
            case '0':
                var zero = new string([.. template.Skip(start + 1).Take(3).TakeWhile(digit => digit is >= '0' and <= '7')]);
                text.Append((char)Convert.ToInt32(zero, 8));
                return start + 1 + zero.Length;
            case >= '1' and <= '9':
                var digits = new string([.. template.Skip(start + 1).Take(2).TakeWhile(char.IsAsciiDigit)]);
                AddGroup(int.Parse(digits, CultureInfo.InvariantCulture), start + 1, text, regex);
                return start + 1 + digits.Length;
            case 'n' or 'r' or 't' or 'a' or 'b' or 'f' or 'v':
                text.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'a' => '\a', 'b' => '\b', 'f' => '\f', _ => '\v' });
                return start + 2;
            case '\\':
                text.Append('\\');
                return start + 2;
            default:
                if (char.IsAsciiLetter(c))
                {
                    throw Error($"bad escape \\{c}", start);
                }

                text.Append('\\').Append(c);
                return start + 2;
        }
    }

    private int ReadNamed(string template, int start, StringBuilder text, PyRegex regex)
    {
        if (start + 2 >= template.Length || template[start + 2] != '<')
        {
            throw Error("missing <", start + 2);
        }

        var end = template.IndexOf('>', start);
        if (end < 0)
        {
            throw Error("missing >, unterminated name", start + 3);
        }

        var name = template[(start + 3)..end];
        if (name.Length == 0)
        {
            throw Error("missing group name", start + 3);
        }

        var number = regex.GroupNames.TryGetValue(name, out var found)
            ? found
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                ? given
                : throw PyErrorException.IndexError($"unknown group name {PyText.Repr(name)}");
        AddGroup(number, start + 3, text, regex);
        return end + 1;
    }

    private void AddGroup(int number, int position, StringBuilder text, PyRegex regex)
    {
        if (number > regex.GroupCount)
        {
            throw Error($"invalid group reference {number}", position);
        }

        _parts.Add((text.ToString(), number));
        text.Clear();
    }
}
