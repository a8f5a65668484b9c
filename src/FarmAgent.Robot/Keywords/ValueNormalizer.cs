using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Makes texts comparable: case, spaces at the ends, runs of spaces; also inside lists and dictionaries.</summary>
/// <param name="ignoreCase">Whether case counts.</param>
/// <param name="strip">Which ends lose their white space: empty for none, <c>BOTH</c>, <c>LEADING</c> or <c>TRAILING</c>.</param>
/// <param name="collapse">Whether runs of white space become one space.</param>
internal sealed class ValueNormalizer(bool ignoreCase, string strip, bool collapse)
{
    private bool IsActive => ignoreCase || strip.Length > 0 || collapse;

    /// <summary>A normaliser for the arguments <c>ignore_case</c>, <c>strip_spaces</c> and <c>collapse_spaces</c>.</summary>
    public static ValueNormalizer From(KeywordArguments arguments)
    {
        var strip = arguments["strip_spaces"];
        var where = strip is string text ? (text.ToUpperInvariant() is "LEADING" or "TRAILING" ? text.ToUpperInvariant() : "BOTH")
            : PyTruth.Of(strip) ? "BOTH" : "";
        return new ValueNormalizer(PyTruth.Of(arguments["ignore_case"]), where, PyTruth.Of(arguments["collapse_spaces"]));
    }

    public object? Normalize(object? value, bool mappingToList = false)
    {
        if (!IsActive)
        {
            return value;
        }

        return value switch
        {
            string text => NormalizeText(text, UnicodeCase.Fold),
            byte[] bytes => ToBytes(NormalizeText(PyBytes.ToLatin1(bytes), LowerAscii)),
            PyByteArray bytes => new PyByteArray(ToBytes(NormalizeText(PyBytes.ToLatin1(PyBytes.Of(bytes)), LowerAscii))),
            PyList list => new PyList(list.Select(item => Normalize(item))),
            PyTuple tuple => new PyTuple([.. tuple.Select(item => Normalize(item))]),
            PyDict dict when mappingToList => new PyList(dict.Keys.Select(item => Normalize(item))),
            PyDict dict => NormalizeDictionary(dict),
            PySet set => new PySet(set.Select(item => Normalize(item)), set.IsFrozen),
            _ => value,
        };
    }

    private static byte[] ToBytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private static string LowerAscii(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));

    private PyDict NormalizeDictionary(PyDict dict)
    {
        var result = dict is DotDict ? new DotDict() : new PyDict();
        foreach (var (key, value) in dict)
        {
            var normal = Normalize(key);
            if (result.ContainsKey(normal))
            {
                throw new KeywordFailedException(
                    $"Dictionary {PyText.InMessages(dict)} contains multiple keys that are normalized to '{PyText.InMessages(normal)}'. Try normalizing "
                    + "only dictionary values like 'ignore_case=values'.");
            }

            result[normal] = Normalize(value);
        }

        return result;
    }

    private string NormalizeText(string text, Func<string, string> lower)
    {
        if (ignoreCase)
        {
            text = lower(text);
        }

        text = strip switch
        {
            "BOTH" => text.Trim(PyWhitespace.All),
            "LEADING" => text.TrimStart(PyWhitespace.All),
            "TRAILING" => text.TrimEnd(PyWhitespace.All),
            _ => text,
        };
        return collapse ? Collapse(text) : text;
    }

    private static string Collapse(string text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        var inSpace = false;
        foreach (var c in text)
        {
            var space = PyWhitespace.Contains(c);
            if (!space || !inSpace)
            {
                result.Append(space ? ' ' : c);
            }

            inSpace = space;
        }

        return result.ToString();
    }
}
