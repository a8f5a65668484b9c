using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Tests.Values;

/// <summary>Reads values that were recorded with their types: <c>["list", [["int", "1"]]]</c>.</summary>
internal static class TaggedValues
{
    public static object? Read(JsonElement element)
    {
        var content = element.GetArrayLength() > 1 ? element[1] : default;
        return element[0].GetString() switch
        {
            "none" => null,
            "bool" => content.GetBoolean(),
            "int" => PyNumbers.Normalize(BigInteger.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "float" => BinaryPrimitives.ReadDoubleBigEndian(Convert.FromHexString(content.GetString()!)),
            "str" => content.GetString(),
            "bytes" => Convert.FromHexString(content.GetString()!),
            "bytearray" => new PyByteArray(Convert.FromHexString(content.GetString()!)),
            "list" => new PyList(content.EnumerateArray().Select(Read)),
            "tuple" => new PyTuple([.. content.EnumerateArray().Select(Read)]),
            "dict" => new PyDict(content.EnumerateArray().Select(pair => new KeyValuePair<object?, object?>(Read(pair[0]), Read(pair[1])))),
            var other => throw new InvalidOperationException($"Unknown tag {other}."),
        };
    }
}
