using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary><c>split</c>, <c>rsplit</c> and <c>partition</c>.</summary>
internal static class StringSplitting
{
    public static PyList Split(string text, CallArguments arguments)
    {
        arguments.Expect(0, 2);
        return Split(text, arguments.Get(0, "sep"), arguments.Integer(1, "maxsplit", -1));
    }

    public static PyList SplitFromRight(string text, CallArguments arguments)
    {
        arguments.Expect(0, 2);
        return SplitFromRight(text, arguments.Get(0, "sep"), arguments.Integer(1, "maxsplit", -1));
    }

    public static PyList Split(string text, object? separator, int maximum)
    {
        var parts = new PyList();
        if (separator is null)
        {
            var rest = text.TrimStart(PyWhitespace.All);
            while (rest.Length > 0)
            {
                var end = rest.IndexOfAny(PyWhitespace.All);
                if (end < 0 || (maximum >= 0 && parts.Count >= maximum))
                {
                    parts.Add(maximum >= 0 && parts.Count >= maximum ? rest.TrimEnd(PyWhitespace.All) : rest);
                    break;
                }

                parts.Add(rest[..end]);
                rest = rest[end..].TrimStart(PyWhitespace.All);
            }

            return parts;
        }

        var mark = Check(separator);
        var position = 0;
        while (maximum < 0 || parts.Count < maximum)
        {
            var found = text.IndexOf(mark, position, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            parts.Add(text[position..found]);
            position = found + mark.Length;
        }

        parts.Add(text[position..]);
        return parts;
    }

    public static PyList SplitFromRight(string text, object? separator, int maximum)
    {
        var parts = new PyList();
        if (separator is null)
        {
            var rest = text.TrimEnd(PyWhitespace.All);
            while (rest.Length > 0)
            {
                var start = rest.LastIndexOfAny(PyWhitespace.All);
                if (start < 0 || (maximum >= 0 && parts.Count >= maximum))
                {
                    parts.Add(maximum >= 0 && parts.Count >= maximum ? rest.TrimStart(PyWhitespace.All) : rest);
                    break;
                }

                parts.Add(rest[(start + 1)..]);
                rest = rest[..start].TrimEnd(PyWhitespace.All);
            }
        }
        else
        {
            var mark = Check(separator);
            while (maximum < 0 || parts.Count < maximum)
            {
                var found = text.AsSpan().LastIndexOf(mark);
                if (found < 0)
                {
                    break;
                }

                parts.Add(text[(found + mark.Length)..]);
                text = text[..found];
            }

            parts.Add(text);
        }

        parts.Reverse();
        return parts;
    }

    public static PyTuple Partition(string text, string separator, bool fromRight)
    {
        Check(separator);
        var found = fromRight ? text.AsSpan().LastIndexOf(separator) : text.IndexOf(separator, StringComparison.Ordinal);
        if (found < 0)
        {
            return fromRight ? new PyTuple("", "", text) : new PyTuple(text, "", "");
        }

        return new PyTuple(text[..found], separator, text[(found + separator.Length)..]);
    }

    private static string Check(object separator) => separator is string text
        ? text.Length > 0 ? text : throw PyErrorException.ValueError("empty separator")
        : throw PyErrorException.TypeError($"must be str or None, not {PyTypeNames.Of(separator)}");
}
