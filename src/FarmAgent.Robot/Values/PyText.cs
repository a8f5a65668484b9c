using System.Numerics;
using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>Python's <c>str()</c> and <c>repr()</c>, and the string form that Robot's messages use.</summary>
public static class PyText
{
    /// <summary>Nesting beyond this ends with RecursionError instead of a dead process.</summary>
    internal const int MaxDepth = 200;

    /// <summary>What <c>str()</c> gives. Bytes show as <c>b'…'</c>.</summary>
    /// <param name="value">Any value.</param>
    public static string Str(object? value) => value switch
    {
        string text => text,
        IPyObject other => other.Str(),
        _ => Repr(value),
    };

    /// <summary>
    /// The string form when a value becomes part of a text in a suite: as <see cref="Str"/>, but bytes are read as Latin-1 and the
    /// result is in Unicode's composed form.
    /// </summary>
    /// <param name="value">Any value.</param>
    public static string InMessages(object? value) => UnicodeComposition.Compose(
        value is byte[] or PyByteArray ? PyBytes.ToLatin1(PyBytes.Of(value)) : Str(value));

    /// <summary>What <c>repr()</c> gives.</summary>
    /// <param name="value">Any value.</param>
    public static string Repr(object? value)
    {
        if (value is string text)
        {
            return PyStringLiteral.Of(text);
        }

        var output = new StringBuilder();
        Write(output, value, []);
        return output.ToString();
    }

    /// <summary>What <c>ascii()</c> gives: <see cref="Repr"/> with everything outside ASCII escaped.</summary>
    /// <param name="value">Any value.</param>
    public static string Ascii(object? value) => PyStringLiteral.EscapeNonAscii(Repr(value));

    private static void Write(StringBuilder output, object? value, List<object> parents)
    {
        switch (value)
        {
            case null:
                output.Append("None");
                break;
            case string text:
                output.Append(PyStringLiteral.Of(text));
                break;
            case bool flag:
                output.Append(flag ? "True" : "False");
                break;
            case double number:
                output.Append(PyFloatText.Of(number));
                break;
            case long or int or BigInteger:
                output.Append(value);
                break;
            case byte[] bytes:
                output.Append(PyStringLiteral.OfBytes(bytes));
                break;
            case PyByteArray array:
                output.Append("bytearray(").Append(PyStringLiteral.OfBytes(PyBytes.Of(array))).Append(')');
                break;
            case PyRange range:
                output.Append("range(").Append(range.Start).Append(", ").Append(range.Stop);
                output.Append(range.Step == 1 ? ")" : $", {range.Step})");
                break;
            case IPyObject other:
                output.Append(other.Repr());
                break;
            default:
                WriteContainer(output, value, parents);
                break;
        }
    }

    private static void WriteContainer(StringBuilder output, object value, List<object> parents)
    {
        if (parents.Exists(parent => ReferenceEquals(parent, value)))
        {
            output.Append(value is PyList ? "[...]" : value is PyDict ? "{...}" : "(...)");
            return;
        }

        if (parents.Count > MaxDepth)
        {
            throw new PyErrorException("RecursionError", "maximum recursion depth exceeded while getting the repr of an object");
        }

        parents.Add(value);
        switch (value)
        {
            case PyList list:
                WriteItems(output, "[", list, "]", parents);
                break;
            case PyTuple tuple:
                WriteItems(output, "(", tuple, tuple.Count == 1 ? ",)" : ")", parents);
                break;
            case PyDict dict:
                WriteDictionary(output, dict, parents);
                break;
            case PySet { Count: 0 } set:
                output.Append(set.IsFrozen ? "frozenset()" : "set()");
                break;
            case PySet set:
                WriteItems(output, set.IsFrozen ? "frozenset({" : "{", set, set.IsFrozen ? "})" : "}", parents);
                break;
            default:
                output.Append(value);
                break;
        }

        parents.RemoveAt(parents.Count - 1);
    }

    private static void WriteItems(StringBuilder output, string open, IEnumerable<object?> items, string close, List<object> parents)
    {
        output.Append(open);
        var separator = string.Empty;
        foreach (var item in items)
        {
            output.Append(separator);
            Write(output, item, parents);
            separator = ", ";
        }

        output.Append(close);
    }

    private static void WriteDictionary(StringBuilder output, PyDict dict, List<object> parents)
    {
        output.Append('{');
        var separator = string.Empty;
        foreach (var (key, item) in dict)
        {
            output.Append(separator);
            Write(output, key, parents);
            output.Append(": ");
            Write(output, item, parents);
            separator = ", ";
        }

        output.Append('}');
    }
}
