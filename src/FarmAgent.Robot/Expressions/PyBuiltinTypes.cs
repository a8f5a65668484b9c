using System.Collections.Frozen;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The built-in types and exceptions, which are also functions that make values.</summary>
internal static class PyBuiltinTypes
{
    private static readonly string[] ExceptionNames =
    [
        "BaseException", "Exception", "ArithmeticError", "AssertionError", "AttributeError", "EOFError", "FileNotFoundError", "ImportError",
        "IndexError", "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError",
        "NotImplementedError", "OSError", "OverflowError", "PermissionError", "RecursionError", "RuntimeError", "StopIteration",
        "SyntaxError", "SystemExit", "TimeoutError", "TypeError", "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "ValueError",
        "ZeroDivisionError", "Warning", "UserWarning", "DeprecationWarning",
    ];

    private static readonly FrozenDictionary<string, PyType> Table = Create().ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public static IEnumerable<PyType> All => Table.Values;

    public static PyType? Find(string name) => Table.GetValueOrDefault(name);

    private static IEnumerable<PyType> Create()
    {
        yield return new PyType("object", _ => new PyPlainObject());
        yield return new PyType("type", CreateType);
        yield return new PyType("NoneType", _ => null);
        yield return new PyType("str", CreateText)
        {
            Members = new Dictionary<string, object?> { ["maketrans"] = new PyFunction("maketrans", MakeTranslation) },
        };
        yield return new PyType("int", CreateInteger)
        {
            Members = new Dictionary<string, object?> { ["from_bytes"] = new PyFunction("from_bytes", NumberMethods.FromBytes) },
        };
        yield return new PyType("float", CreateFloat);
        yield return new PyType("bool", arguments => PyTruth.Of(arguments.Expect(0, 1).Count == 0 ? null : arguments[0]));
        yield return new PyType("list", arguments => new PyList(ItemsOf(arguments)));
        yield return new PyType("tuple", arguments => new PyTuple([.. ItemsOf(arguments)]));
        yield return new PyType("set", arguments => new PySet(ItemsOf(arguments)));
        yield return new PyType("frozenset", arguments => new PySet(ItemsOf(arguments), isFrozen: true));
        yield return new PyType("dict", CreateDictionary)
        {
            Members = new Dictionary<string, object?> { ["fromkeys"] = new PyFunction("fromkeys", FromKeys) },
        };
        yield return new PyType("bytes", arguments => PyBytesFactory.Create(arguments))
        {
            Members = new Dictionary<string, object?> { ["fromhex"] = new PyFunction("fromhex", PyBytesFactory.FromHex) },
        };
        yield return new PyType("bytearray", arguments => new PyByteArray(PyBytesFactory.Create(arguments)))
        {
            Members = new Dictionary<string, object?>
            {
                ["fromhex"] = new PyFunction("fromhex", arguments => new PyByteArray(PyBytesFactory.FromHex(arguments))),
            },
        };
        yield return new PyType("range", CreateRange);
        yield return new PyType("slice", arguments => arguments.Expect(1, 3).Count == 1
            ? new PySlice(null, arguments[0], null)
            : new PySlice(arguments[0], arguments[1], arguments.Get(2, "step")));
        foreach (var name in ExceptionNames)
        {
            PyType? type = null;
            type = new PyType(name, arguments => new PyInstanceOfException(type!, arguments.Positional));
            yield return type;
        }
    }

    private static IEnumerable<object?> ItemsOf(CallArguments arguments) =>
        arguments.NoNames().Expect(0, 1).Count == 0 ? [] : EvaluationBudget.Count(PyIteration.Items(arguments[0]));

    private static PyType CreateType(CallArguments arguments) => arguments.Count == 1
        ? PyType.Of(arguments[0])
        : throw PyErrorException.TypeError("type() takes 1 or 3 arguments");

    private static object CreateText(CallArguments arguments)
    {
        if (arguments.Expect(0, 3).Count == 0)
        {
            return string.Empty;
        }

        if (arguments.Count == 1)
        {
            return PyText.Str(arguments.Get(0, "object"));
        }

        var source = arguments.Get(0, "object");
        return PyBytes.IsBytes(source)
            ? PyCodecs.Decode(
                PyBytes.Of(source!), (string)arguments.Get(1, "encoding", "utf-8")!, (string)arguments.Get(2, "errors", "strict")!)
            : throw PyErrorException.TypeError(source is string
                ? "decoding str is not supported"
                : $"decoding to str: need a bytes-like object, {PyTypeNames.Of(source)} found");
    }

    private static PyDict MakeTranslation(CallArguments arguments)
    {
        var table = new PyDict();
        if (arguments.Expect(1, 3).Count == 1)
        {
            foreach (var (key, value) in (PyDict)arguments[0]!)
            {
                table[key is string text ? (long)char.ConvertToUtf32(text, 0) : key] = value;
            }

            return table;
        }

        var (from, to) = (PyCodePoints.Split(arguments.Text(0, "x")).ToList(), PyCodePoints.Split(arguments.Text(1, "y")).ToList());
        if (from.Count != to.Count)
        {
            throw PyErrorException.ValueError("the first two maketrans arguments must have equal length");
        }

        for (var i = 0; i < from.Count; i++)
        {
            table[(long)char.ConvertToUtf32(from[i], 0)] = (long)char.ConvertToUtf32(to[i], 0);
        }

        foreach (var removed in arguments.Count == 3 ? PyCodePoints.Split(arguments.Text(2, "z")) : [])
        {
            table[(long)char.ConvertToUtf32(removed, 0)] = null;
        }

        return table;
    }

    private static object? CreateInteger(CallArguments arguments)
    {
        if (arguments.Expect(0, 2).Count == 0)
        {
            return 0L;
        }

        var value = arguments[0];
        if (arguments.Has(1, "base"))
        {
            return PyConversions.ToInteger(value, (int)CallArguments.BigInteger(arguments.Get(1, "base")));
        }

        return PyConversions.ToInteger(value);
    }

    private static object CreateFloat(CallArguments arguments) =>
        arguments.Expect(0, 1).Count == 0 ? 0.0 : PyConversions.ToFloat(arguments[0]);

    private static PyDict CreateDictionary(CallArguments arguments)
    {
        var dict = new PyDict();
        DictMethods.Update(dict, arguments);
        return dict;
    }

    private static PyDict FromKeys(CallArguments arguments)
    {
        var dict = new PyDict();
        foreach (var key in PyIteration.Items(arguments.Expect(1, 2)[0]))
        {
            dict[key] = arguments.Get(1, "value");
        }

        return dict;
    }

    private static PyRange CreateRange(CallArguments arguments)
    {
        var numbers = arguments.NoNames().Expect(1, 3).Positional.Select(value =>
        {
            var number = CallArguments.BigInteger(value);
            return number > long.MaxValue || number < long.MinValue
                ? throw new PyErrorException("OverflowError", "Python int too large to convert to C ssize_t")
                : (long)number;
        }).ToList();
        return numbers.Count == 1 ? new PyRange(0, numbers[0], 1) : new PyRange(numbers[0], numbers[1], numbers.Count == 3 ? numbers[2] : 1);
    }
}
