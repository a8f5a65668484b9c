using System.Collections.Frozen;
using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The built-in functions. Those with input, output or code execution are not there on purpose.</summary>
internal static class PyBuiltins
{
    private static readonly FrozenDictionary<string, object?> Table = Create().ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryGet(string name, out object? value) => Table.TryGetValue(name, out value);

    /// <summary>The number of items, or null for what has none.</summary>
    public static int? TryLength(object? value) => value switch
    {
        string text => PyCodePoints.Length(text),
        byte[] bytes => bytes.Length,
        PyByteArray array => array.Content.Count,
        PyList list => list.Count,
        PyTuple tuple => tuple.Count,
        PyDict dict => dict.Count,
        PySet set => set.Count,
        PyRange range => range.Count,
        PyDictView view => view.Count,
        PythonLibraries.PythonObject python => python.TryCount(),
        IPyIndexable other => other.Count,
        _ => null,
    };

    private static Dictionary<string, object?> Create()
    {
        var table = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var type in PyBuiltinTypes.All.Where(type => type.Name != "NoneType"))
        {
            table[type.Name] = type;
        }

        foreach (var (name, body) in Functions())
        {
            table[name] = new PyFunction(name, body);
        }

        table["Ellipsis"] = PyEllipsis.Instance;
        table["__debug__"] = true;
        return table;
    }

    private static Dictionary<string, Func<CallArguments, object?>> Functions() => new(StringComparer.Ordinal)
    {
        ["len"] = arguments => (long)(TryLength(arguments.Expect(1, 1)[0])
            ?? throw PyErrorException.TypeError($"object of type '{PyTypeNames.Of(arguments[0])}' has no len()")),
        ["repr"] = arguments => PyText.Repr(arguments.Expect(1, 1)[0]),
        ["ascii"] = arguments => PyText.Ascii(arguments.Expect(1, 1)[0]),
        ["isinstance"] = arguments => IsInstance(arguments.Expect(2, 2)[0], arguments[1]),
        ["issubclass"] = arguments => IsSubclass(arguments.Expect(2, 2)),
        ["callable"] = arguments => arguments.Expect(1, 1)[0] is IPyCallable,
        ["enumerate"] = Enumerate,
        ["zip"] = PyIterators.Zip,
        ["map"] = PyIterators.Map,
        ["filter"] = PyIterators.Filter,
        ["reversed"] = PyIterators.Reversed,
        ["iter"] = arguments => arguments.Expect(1, 1)[0] is PyGenerator generator
            ? generator
            : new PyGenerator(PyTypeNames.Of(arguments[0]) + "_iterator", PyIteration.Items(arguments[0])),
        ["next"] = Next,
        ["sorted"] = arguments => PyOrdering.Sorted(
            EvaluationBudget.Count(PyIteration.Items(arguments.Expect(1, 3)[0])),
            PyCalls.AsKey(arguments.Named.GetValueOrDefault("key")),
            PyTruth.Of(arguments.Named.GetValueOrDefault("reverse"))),
        ["sum"] = arguments => Sum(arguments.Expect(1, 2)),
        ["min"] = arguments => Extreme(arguments, "<"),
        ["max"] = arguments => Extreme(arguments, ">"),
        ["any"] = arguments => EvaluationBudget.Count(PyIteration.Items(arguments.Expect(1, 1)[0])).Any(PyTruth.Of),
        ["all"] = arguments => EvaluationBudget.Count(PyIteration.Items(arguments.Expect(1, 1)[0])).All(PyTruth.Of),
        ["abs"] = arguments => PyMath.Abs(arguments.Expect(1, 1)[0]),
        ["round"] = arguments => PyMath.Round(arguments.Expect(1, 2)[0], arguments.Get(1, "ndigits")),
        ["divmod"] = arguments => new PyTuple(
            PyArithmetic.Binary("//", arguments.Expect(2, 2)[0], arguments[1]), PyArithmetic.Binary("%", arguments[0], arguments[1])),
        ["pow"] = arguments => PyMath.Power(arguments.Expect(2, 3)),
        ["chr"] = arguments => CallArguments.BigInteger(arguments.Expect(1, 1)[0]) is var code && code >= 0 && code < 0x110000
            ? code >= 0xd800 && code < 0xe000 ? ((char)(int)code).ToString() : char.ConvertFromUtf32((int)code)
            : throw PyErrorException.ValueError("chr() arg not in range(0x110000)"),
        ["ord"] = arguments => Ordinal(arguments.Expect(1, 1)[0]),
        ["hex"] = arguments => Prefixed(arguments.Expect(1, 1)[0], "0x", 16),
        ["oct"] = arguments => Prefixed(arguments.Expect(1, 1)[0], "0o", 8),
        ["bin"] = arguments => Prefixed(arguments.Expect(1, 1)[0], "0b", 2),
        ["format"] = arguments => PyFormat.Format(arguments.Expect(1, 2)[0], (string)arguments.Get(1, "format_spec", string.Empty)!),
        ["hash"] = arguments => (long)PyEquality.Hash(arguments.Expect(1, 1)[0]),
        ["id"] = arguments => (long)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(arguments.Expect(1, 1)[0]),
        ["getattr"] = GetAttribute,
        ["hasattr"] = arguments => PyAttributes.Has(arguments.Expect(2, 2)[0], arguments.Text(1, "name")),
        ["setattr"] = SetAttribute,
        ["print"] = _ => null,
    };

    private static bool IsInstance(object? value, object? type) => type switch
    {
        PyType single => single.IsInstance(value),
        PyTuple several => several.Any(item => IsInstance(value, item)),
        _ => throw PyErrorException.TypeError("isinstance() arg 2 must be a type, a tuple of types, or a union"),
    };

    private static object IsSubclass(CallArguments arguments)
    {
        if (arguments[0] is not PyType type)
        {
            throw PyErrorException.TypeError("issubclass() arg 1 must be a class");
        }

        var candidates = arguments[1] is PyTuple several ? several.ToList() : [arguments[1]];
        return candidates.Exists(other => ReferenceEquals(other, type)
            || (other is PyType { Name: "object" }) || (type.Name == "bool" && other is PyType { Name: "int" }));
    }

    private static PyGenerator Enumerate(CallArguments arguments)
    {
        var start = CallArguments.BigInteger(arguments.Expect(1, 2).Get(1, "start", 0L));
        return new PyGenerator("enumerate", PyIteration.Items(arguments[0])
            .Select((item, i) => (object?)new PyTuple(PyNumbers.Normalize(start + i), item)));
    }

    private static object? Next(CallArguments arguments)
    {
        var generator = arguments.Expect(1, 2)[0] as PyGenerator
            ?? throw PyErrorException.TypeError($"'{PyTypeNames.Of(arguments[0])}' object is not an iterator");
        return generator.TryNext(out var item)
            ? item
            : arguments.Count == 2 ? arguments[1] : throw new PyErrorException("StopIteration", string.Empty);
    }

    private static object? Sum(CallArguments arguments)
    {
        var total = arguments.Get(1, "start", 0L);
        if (total is string)
        {
            throw PyErrorException.TypeError("sum() can't sum strings [use ''.join(seq) instead]");
        }

        return EvaluationBudget.Count(PyIteration.Items(arguments[0])).Aggregate(total, (sum, item) => PyArithmetic.Binary("+", sum, item));
    }

    private static object? Extreme(CallArguments arguments, string symbol)
    {
        if (arguments.Positional.Count == 0)
        {
            throw PyErrorException.TypeError($"{arguments.Function} expected at least 1 argument, got 0");
        }

        var key = PyCalls.AsKey(arguments.Named.GetValueOrDefault("key"));
        var items = arguments.Positional.Count == 1 ? EvaluationBudget.Count(PyIteration.Items(arguments[0])) : arguments.Positional;
        var isFound = false;
        object? best = null;
        object? bestKey = null;
        foreach (var item in items)
        {
            var itemKey = key is null ? item : key(item);
            if (!isFound || PyOrdering.Compare(itemKey, bestKey, symbol))
            {
                (best, bestKey, isFound) = (item, itemKey, true);
            }
        }

        return isFound
            ? best
            : arguments.Named.TryGetValue("default", out var fallback)
                ? fallback
                : throw PyErrorException.ValueError($"{arguments.Function}() arg is an empty sequence");
    }

    private static object Ordinal(object? value)
    {
        if (value is byte[] or PyByteArray)
        {
            var bytes = PyBytes.Of(value);
            return bytes.Length == 1
                ? (long)bytes[0]
                : throw PyErrorException.TypeError($"ord() expected a character, but string of length {bytes.Length} found");
        }

        if (value is not string text)
        {
            throw PyErrorException.TypeError($"ord() expected string of length 1, but {PyTypeNames.Of(value)} found");
        }

        var length = PyCodePoints.Length(text);
        return length == 1
            ? text.Length == 1 ? (long)text[0] : char.ConvertToUtf32(text, 0)
            : throw PyErrorException.TypeError($"ord() expected a character, but string of length {length} found");
    }

    private static string Prefixed(object? value, string prefix, int numberBase)
    {
        var number = CallArguments.BigInteger(value);
        return (number.Sign < 0 ? "-" : string.Empty) + prefix + PyFormat.ToBase(BigInteger.Abs(number), numberBase);
    }

    private static object? GetAttribute(CallArguments arguments)
    {
        arguments.Expect(2, 3);
        try
        {
            return PyAttributes.Get(arguments[0], arguments.Text(1, "name"));
        }
        catch (PyErrorException error) when (error.TypeName == "AttributeError" && arguments.Count == 3)
        {
            return arguments[2];
        }
    }

    private static object? SetAttribute(CallArguments arguments)
    {
        arguments.Expect(3, 3);
        var name = arguments.Text(1, "name");
        if (arguments[0] is DotDict dict)
        {
            dict[name] = arguments[2];
        }
        else if (arguments[0] is not IPyObject other || !other.TrySetAttribute(name, arguments[2]))
        {
            throw PyErrorException.NoAttribute(arguments[0], name);
        }

        return null;
    }
}
