using System.Collections.Frozen;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Methods of dictionaries.</summary>
internal static class DictMethods
{
    public static readonly FrozenDictionary<string, PyMethod> Table = new Dictionary<string, PyMethod>
    {
        ["keys"] = (self, arguments) => new PyDictView("keys", Of(self, arguments, 0, 0)),
        ["values"] = (self, arguments) => new PyDictView("values", Of(self, arguments, 0, 0)),
        ["items"] = (self, arguments) => new PyDictView("items", Of(self, arguments, 0, 0)),
        ["get"] = (self, arguments) => Of(self, arguments, 1, 2).TryGetValue(arguments[0], out var value) ? value : arguments.Get(1, "default"),
        ["pop"] = (self, arguments) => Of(self, arguments, 1, 2).Remove(arguments[0], out var value)
            ? value
            : arguments.Count == 2 ? arguments.Get(1, "default") : throw PyErrorException.KeyError(arguments[0]),
        ["popitem"] = (self, arguments) => PopItem(Of(self, arguments, 0, 1)),
        ["setdefault"] = (self, arguments) => SetDefault(Of(self, arguments, 1, 2), arguments[0], arguments.Get(1, "default")),
        ["update"] = (self, arguments) => Update((PyDict)self, arguments),
        ["clear"] = (self, arguments) =>
        {
            Of(self, arguments, 0, 0).Clear();
            return null;
        },
        ["fromkeys"] = (self, arguments) => new PyDict(PyIteration.Items(arguments.Expect(1, 2)[0])
            .Select(key => new KeyValuePair<object?, object?>(key, arguments.Get(1, "value")))),
        ["copy"] = (self, arguments) => Copy(Of(self, arguments, 0, 0)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A copy of the same kind.</summary>
    public static PyDict Copy(PyDict dict) => dict is DotDict ? new DotDict(dict) : new PyDict(dict);

    /// <summary>The pairs of a mapping, or of items that are pairs each.</summary>
    public static IEnumerable<KeyValuePair<object?, object?>> Pairs(object? source)
    {
        if (source is PyDict dict)
        {
            return dict;
        }

        return PyIteration.Items(source).Select((item, i) =>
        {
            var pair = PyIteration.TryGetItems(item)?.ToList() ?? throw PyErrorException.TypeError(
                $"cannot convert dictionary update sequence element #{i} to a sequence");
            return pair.Count == 2
                ? new KeyValuePair<object?, object?>(pair[0], pair[1])
                : throw PyErrorException.ValueError($"dictionary update sequence element #{i} has length {pair.Count}; 2 is required");
        });
    }

    /// <summary>What <c>dict(…)</c> and <c>update(…)</c> add.</summary>
    public static object? Update(PyDict dict, CallArguments arguments)
    {
        if (arguments.Positional.Count > 1)
        {
            throw PyErrorException.TypeError($"{arguments.Function.Split('.')[^1]} expected at most 1 argument, got {arguments.Positional.Count}");
        }

        foreach (var (key, value) in arguments.Positional.Count == 1 ? Pairs(arguments[0]).ToList() : [])
        {
            dict[key] = value;
        }

        foreach (var (key, value) in arguments.Named)
        {
            dict[key] = value;
        }

        return null;
    }

    private static PyDict Of(object self, CallArguments arguments, int minimum, int maximum)
    {
        arguments.Expect(minimum, maximum);
        return (PyDict)self;
    }

    private static PyTuple PopItem(PyDict dict)
    {
        if (dict.Count == 0)
        {
            throw new PyErrorException("KeyError", "'popitem(): dictionary is empty'");
        }

        var (key, value) = dict.Last();
        dict.Remove(key, out _);
        return new PyTuple(key, value);
    }

    private static object? SetDefault(PyDict dict, object? key, object? value)
    {
        if (dict.TryGetValue(key, out var old))
        {
            return old;
        }

        dict[key] = value;
        return value;
    }
}
