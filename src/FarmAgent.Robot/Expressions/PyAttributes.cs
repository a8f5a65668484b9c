using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A method of a built-in type.</summary>
internal delegate object? PyMethod(object self, CallArguments arguments);

/// <summary>Attributes of all kinds of values.</summary>
internal static class PyAttributes
{
    public static object? Get(object? target, string name)
    {
        if (target is IPyObject other && other.TryGetAttribute(name, out var value))
        {
            return value;
        }

        if (name == "__class__")
        {
            return PyType.Of(target);
        }

        if (name == "__doc__")
        {
            return null;
        }

        if (target is not null && TryGetProperty(target, name, out value))
        {
            return value;
        }

        var typeName = PyTypeNames.Of(target);
        if (target is not null && FindMethod(typeName, name) is { } method)
        {
            return new PyFunction(name, arguments => method(target, arguments), typeName);
        }

        if (target is not null && FindSpecial(target, name) is { } special)
        {
            return special;
        }

        if (target is DotDict dict)
        {
            return dict.TryGetValue(name, out value) ? value : throw new PyErrorException("AttributeError", name);
        }

        throw target is PyType type
            ? new PyErrorException("AttributeError", $"type object '{type.Name}' has no attribute '{name}'")
            : PyErrorException.NoAttribute(target, name);
    }

    public static bool Has(object? target, string name)
    {
        try
        {
            Get(target, name);
            return true;
        }
        catch (PyErrorException error) when (error.TypeName == "AttributeError")
        {
            return false;
        }
    }

    public static bool HasMethod(string typeName, string name) => FindMethod(typeName, name) is not null;

    private static PyMethod? FindMethod(string typeName, string name) => typeName switch
    {
        "str" => StringMethods.Table.GetValueOrDefault(name),
        "bytes" or "bytearray" => BytesMethods.Find(typeName, name),
        "list" => ListMethods.List.GetValueOrDefault(name),
        "tuple" => ListMethods.Tuple.GetValueOrDefault(name),
        "dict" or "DotDict" or "OrderedDict" => DictMethods.Table.GetValueOrDefault(name),
        "set" or "frozenset" => SetMethods.Find(typeName, name),
        "int" or "bool" => NumberMethods.Integer.GetValueOrDefault(name),
        "float" => NumberMethods.Float.GetValueOrDefault(name),
        _ => null,
    };

    private static bool TryGetProperty(object target, string name, out object? value)
    {
        value = (target, name) switch
        {
            (long or bool or System.Numerics.BigInteger, "real" or "numerator") => target is bool flag ? (flag ? 1L : 0L) : target,
            (long or bool or System.Numerics.BigInteger, "imag") => 0L,
            (long or bool or System.Numerics.BigInteger, "denominator") => 1L,
            (double, "real") => target,
            (double, "imag") => 0.0,
            (PyRange range, "start") => range.Start,
            (PyRange range, "stop") => range.Stop,
            (PyRange range, "step") => range.Step,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>The few special methods that suites call by name.</summary>
    private static PyFunction? FindSpecial(object target, string name) => name switch
    {
        "__len__" when PyBuiltins.TryLength(target) is { } length => Special(target, name, _ => (long)length),
        "__str__" => Special(target, name, _ => PyText.Str(target)),
        "__repr__" => Special(target, name, _ => PyText.Repr(target)),
        "__contains__" when PyIteration.TryGetItems(target) is not null =>
            Special(target, name, arguments => PyComparison.Contains(target, arguments[0])),
        "__getitem__" when target is PyList or PyDict or PyTuple or string =>
            Special(target, name, arguments => PySubscript.Get(target, arguments[0])),
        "__eq__" => Special(target, name, arguments => PyEquality.AreEqual(target, arguments[0])),
        "__iter__" when PyIteration.TryGetItems(target) is { } items => Special(target, name, _ => new PyGenerator("iterator", items)),
        _ => null,
    };

    private static PyFunction Special(object target, string name, Func<CallArguments, object?> body) =>
        new(name, body, PyTypeNames.Of(target));
}
