using System.Numerics;

namespace FarmAgent.Robot.Values;

/// <summary>What the type of a value is called: by Python, and in Robot's own messages.</summary>
public static class PyTypeNames
{
    /// <summary>Python's type name, for example <c>str</c> or <c>NoneType</c>.</summary>
    /// <param name="value">Any value.</param>
    public static string Of(object? value) => value switch
    {
        null => "NoneType",
        string => "str",
        bool => "bool",
        long or int or BigInteger => "int",
        double => "float",
        byte[] => "bytes",
        PyByteArray => "bytearray",
        PyList => "list",
        PyTuple => "tuple",
        DotDict => "DotDict",
        PyDict => "dict",
        PySet set => set.IsFrozen ? "frozenset" : "set",
        PyRange => "range",
        IPyObject other => other.TypeName,
        _ => value.GetType().Name,
    };

    /// <summary>The name in Python's own error messages, which for some types includes the module.</summary>
    /// <param name="value">Any value.</param>
    internal static string InErrors(object? value) => Of(value) is "datetime" or "date" or "timedelta" ? Qualified(value) : Of(value);

    /// <summary>The name that Robot's messages use, for example <c>string</c> or <c>integer</c>.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="capitalize">Whether a name of lower-case letters starts a sentence.</param>
    public static string InMessages(object? value, bool capitalize = false)
    {
        var name = value switch
        {
            null => "None",
            string => "string",
            bool => "boolean",
            long or int or BigInteger => "integer",
            PyDict and not DotDict => "dictionary",
            _ => Of(value).Trim('_'),
        };
        return capitalize && name.All(c => !char.IsUpper(c)) ? char.ToUpperInvariant(name[0]) + name[1..] : name;
    }

    /// <summary>The full name of the type as <c>type(x).__module__ + '.' + __qualname__</c> prints it, for example <c>datetime.timedelta</c>.</summary>
    /// <param name="value">Any value.</param>
    internal static string Qualified(object? value) => Of(value) switch
    {
        "DotDict" => "robot.utils.dotdict.DotDict",
        "datetime" or "date" or "time" or "timedelta" => "datetime." + Of(value),
        "OrderedDict" or "Counter" or "deque" => "collections." + Of(value),
        "Decimal" => "decimal.Decimal",
        "PosixPath" => "pathlib.PosixPath",
        "Match" or "Pattern" => "re." + Of(value),
        var name => name,
    };
}
