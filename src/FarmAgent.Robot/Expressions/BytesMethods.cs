using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Methods of bytes and bytearrays; most are those of text on the characters with the same numbers.</summary>
internal static class BytesMethods
{
    private static readonly string[] Shared =
    [
        "upper", "lower", "title", "capitalize", "swapcase", "strip", "lstrip", "rstrip", "split", "rsplit", "splitlines", "partition",
        "rpartition", "join", "replace", "startswith", "endswith", "find", "rfind", "index", "rindex", "count", "zfill", "center", "ljust",
        "rjust", "removeprefix", "removesuffix", "isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "istitle", "isascii",
        "expandtabs",
    ];

    public static PyMethod? Find(string typeName, string name) => name switch
    {
        "decode" => (self, arguments) => PyCodecs.Decode(
            PyBytes.Of(self), (string)arguments.Get(0, "encoding", "utf-8")!, (string)arguments.Get(1, "errors", "strict")!),
        "hex" => (self, arguments) => Hex(PyBytes.Of(self), arguments),
        "append" when typeName == "bytearray" => (self, arguments) => Append((PyByteArray)self, arguments.Expect(1, 1)),
        "extend" when typeName == "bytearray" => (self, arguments) =>
        {
            ((PyByteArray)self).Content.AddRange(PyIteration.Items(arguments.Expect(1, 1)[0]).Select(item => (byte)CallArguments.BigInteger(item)));
            return null;
        }
        ,
        _ when Array.IndexOf(Shared, name) >= 0 => (self, arguments) => AsText(name, self, arguments),
        _ => null,
    };

    private static object? AsText(string name, object self, CallArguments arguments)
    {
        var method = StringMethods.Table[name];
        var converted = new CallArguments(
            arguments.Function,
            [.. arguments.Positional.Select(ToText)],
            arguments.Named.ToDictionary(item => item.Key, item => ToText(item.Value), StringComparer.Ordinal));
        return ToBytes(method(PyBytes.ToLatin1(PyBytes.Of(self)), converted), self is PyByteArray);
    }

    private static object? ToText(object? value) => value switch
    {
        byte[] or PyByteArray => PyBytes.ToLatin1(PyBytes.Of(value)),
        string => throw PyErrorException.TypeError("a bytes-like object is required, not 'str'"),
        PyTuple tuple => new PyTuple([.. tuple.Select(ToText)]),
        PyList list => new PyList(list.Select(ToText)),
        long small when small is >= 0 and < 256 => value,
        _ => value,
    };

    private static object? ToBytes(object? value, bool isArray) => value switch
    {
        string text => isArray ? new PyByteArray(Encoding.Latin1.GetBytes(text)) : Encoding.Latin1.GetBytes(text),
        PyTuple tuple => new PyTuple([.. tuple.Select(item => ToBytes(item, isArray))]),
        PyList list => new PyList(list.Select(item => ToBytes(item, isArray))),
        _ => value,
    };

    private static object? Append(PyByteArray array, CallArguments arguments)
    {
        var number = CallArguments.BigInteger(arguments[0]);
        array.Content.Add(number >= 0 && number < 256 ? (byte)number : throw PyErrorException.ValueError("byte must be in range(0, 256)"));
        return null;
    }

    private static string Hex(ReadOnlySpan<byte> bytes, CallArguments arguments)
    {
        arguments.Expect(0, 2);
        var text = Convert.ToHexStringLower(bytes);
        if (!arguments.Has(0, "sep") || text.Length == 0)
        {
            return text;
        }

        var size = arguments.Integer(1, "bytes_per_sep", 1);
        var separator = PyText.InMessages(arguments.Get(0, "sep"));
        var pairs = text.Chunk(2).Select(pair => new string(pair)).ToList();
        var output = new StringBuilder();
        for (var i = 0; i < pairs.Count; i++)
        {
            var isBorder = size != 0 && i > 0 && (size > 0 ? (pairs.Count - i) % size == 0 : i % -size == 0);
            output.Append(isBorder ? separator : string.Empty).Append(pairs[i]);
        }

        return output.ToString();
    }
}
