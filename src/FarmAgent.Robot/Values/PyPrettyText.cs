using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>Representations that are broken into lines when they are longer than 80 columns, as Python's pprint does.</summary>
internal static class PyPrettyText
{
    private const int Width = 80;

    /// <summary>The representation, in composed form.</summary>
    public static string Of(object? value)
    {
        var whole = PyText.Repr(value);
        if (whole.Length <= Width)
        {
            return UnicodeComposition.Compose(whole);
        }

        var output = new StringBuilder();
        Write(output, value, indent: 0, allowance: 0);
        return UnicodeComposition.Compose(output.ToString());
    }

    private static void Write(StringBuilder output, object? value, int indent, int allowance)
    {
        var whole = PyText.Repr(value);
        if (PyCodePoints.Length(whole) <= Width - indent - allowance)
        {
            output.Append(whole);
            return;
        }

        switch (value)
        {
            case PyDict { Count: > 0 } dict:
                output.Append('{');
                WritePairs(output, dict, indent + 1, allowance + 1);
                output.Append('}');
                break;
            case PyList { Count: > 0 } list:
                output.Append('[');
                WriteItems(output, list, indent + 1, allowance + 1);
                output.Append(']');
                break;
            case PyTuple { Count: > 0 } tuple:
                var end = tuple.Count == 1 ? ",)" : ")";
                output.Append('(');
                WriteItems(output, tuple, indent + 1, allowance + end.Length);
                output.Append(end);
                break;
            default:
                output.Append(whole);
                break;
        }
    }

    private static void WriteItems(StringBuilder output, IReadOnlyList<object?> items, int indent, int allowance)
    {
        for (var i = 0; i < items.Count; i++)
        {
            StartItem(output, i, indent);
            Write(output, items[i], indent, i == items.Count - 1 ? allowance : 1);
        }
    }

    private static void WritePairs(StringBuilder output, PyDict dict, int indent, int allowance)
    {
        var i = 0;
        foreach (var (key, value) in dict)
        {
            StartItem(output, i++, indent);
            var name = PyText.Repr(key);
            output.Append(name).Append(": ");
            Write(output, value, indent + PyCodePoints.Length(name) + 2, i == dict.Count ? allowance : 1);
        }
    }

    private static void StartItem(StringBuilder output, int index, int indent)
    {
        if (index > 0)
        {
            output.Append(",\n").Append(' ', indent);
        }
    }
}
