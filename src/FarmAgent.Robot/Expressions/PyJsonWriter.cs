using System.Numerics;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Writes values as JSON in Python's layout.</summary>
internal sealed class PyJsonWriter
{
    private readonly StringBuilder _output = new();
    private readonly string? _indent;
    private readonly string _itemSeparator;
    private readonly string _keySeparator;
    private readonly bool _isAscii;
    private readonly bool _sortKeys;

    private PyJsonWriter(CallArguments arguments)
    {
        var indent = arguments.Named.GetValueOrDefault("indent");
        _indent = indent switch
        {
            null => null,
            string text => text,
            _ => new string(' ', (int)CallArguments.BigInteger(indent)),
        };
        var separators = arguments.Named.GetValueOrDefault("separators") is { } given ? PyIteration.Items(given).Select(PyText.Str).ToList() : null;
        _itemSeparator = separators?[0] ?? (_indent is null ? ", " : ",");
        _keySeparator = separators?[1] ?? ": ";
        _isAscii = PyTruth.Of(arguments.Named.GetValueOrDefault("ensure_ascii", true));
        _sortKeys = PyTruth.Of(arguments.Named.GetValueOrDefault("sort_keys"));
    }

    public static object Dump(CallArguments arguments)
    {
        if (arguments.Positional.Count != 1)
        {
            throw PyErrorException.TypeError("dumps() missing 1 required positional argument: 'obj'");
        }

        var writer = new PyJsonWriter(arguments);
        writer.Write(arguments[0], 0);
        return writer._output.ToString();
    }

    private void Write(object? value, int depth)
    {
        EvaluationBudget.Step();
        if (depth > PyText.MaxDepth)
        {
            throw PyErrorException.ValueError("Circular reference detected");
        }

        switch (value)
        {
            case null:
                _output.Append("null");
                break;
            case bool flag:
                _output.Append(flag ? "true" : "false");
                break;
            case string text:
                WriteText(text);
                break;
            case long or BigInteger:
                _output.Append(value);
                break;
            case double number:
                _output.Append(double.IsFinite(number) ? PyFloatText.Of(number) : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case PyDict dict:
                WriteObject(dict, depth);
                break;
            case PyList or PyTuple:
                WriteItems('[', ']', PyIteration.Items(value).Select(item => (Action)(() => Write(item, depth + 1))).ToList(), depth);
                break;
            default:
                throw PyErrorException.TypeError($"Object of type {PyTypeNames.Of(value)} is not JSON serializable");
        }
    }

    private void WriteObject(PyDict dict, int depth)
    {
        var items = dict.AsEnumerable();
        items = _sortKeys ? PyOrdering.Sorted(dict.Keys).Select(key => new KeyValuePair<object?, object?>(key, dict[key])) : items;
        WriteItems('{', '}', items.Select(item => (Action)(() =>
        {
            WriteText(KeyText(item.Key));
            _output.Append(_keySeparator);
            Write(item.Value, depth + 1);
        })).ToList(), depth);
    }

    private static string KeyText(object? key) => key switch
    {
        string text => text,
        null => "null",
        bool flag => flag ? "true" : "false",
        long or BigInteger or double => PyText.Str(key),
        _ => throw PyErrorException.TypeError($"keys must be str, int, float, bool or None, not {PyTypeNames.Of(key)}"),
    };

    private void WriteItems(char open, char close, List<Action> items, int depth)
    {
        _output.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            _output.Append(i > 0 ? _itemSeparator : string.Empty);
            NewLine(depth + 1);
            items[i]();
        }

        if (items.Count > 0)
        {
            NewLine(depth);
        }

        _output.Append(close);
    }

    private void NewLine(int depth)
    {
        if (_indent is not null)
        {
            _output.Append('\n').Insert(_output.Length, _indent, depth);
        }
    }

    private void WriteText(string text)
    {
        _output.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => _output.Append("\\\""),
                '\\' => _output.Append("\\\\"),
                '\n' => _output.Append("\\n"),
                '\r' => _output.Append("\\r"),
                '\t' => _output.Append("\\t"),
                '\b' => _output.Append("\\b"),
                '\f' => _output.Append("\\f"),
                < ' ' => _output.Append($"\\u{(int)c:x4}"),
                > '\x7f' when _isAscii => _output.Append($"\\u{(int)c:x4}"),
                _ => _output.Append(c),
            };
        }

        _output.Append('"');
    }
}
