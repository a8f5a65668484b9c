using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>Values as JSON: plain ones as they are, all others as an object whose first name says the kind.</summary>
/// <param name="host">Answers what objects that live in Python are asked.</param>
internal sealed class PythonWire(PythonHost host)
{
    private const long ExactInteger = 1L << 53;

    private readonly List<object> _foreign = [];

    public void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long number when Math.Abs(number) < ExactInteger:
                json.WriteNumberValue(number);
                break;
            case long or int or BigInteger:
                WriteTagged(json, "i", string.Create(CultureInfo.InvariantCulture, $"{value}"));
                break;
            case double:
                WriteTagged(json, "f", PyText.Repr(value));
                break;
            case PyList list:
                WriteItems(json, list);
                break;
            default:
                json.WriteStartObject();
                WriteObject(json, value);
                json.WriteEndObject();
                break;
        }
    }

    public void WriteItems(Utf8JsonWriter json, IEnumerable<object?> items)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }

    public void WritePairs(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        json.WriteStartArray();
        foreach (var (name, value) in pairs)
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            Write(json, value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetInt64(),
        JsonValueKind.Array => new PyList(json.EnumerateArray().Select(Read)),
        JsonValueKind.Object => ReadObject(json.EnumerateObject().First(), json),
        _ => null,
    };

    private void WriteObject(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case PyTuple tuple:
                json.WritePropertyName("t");
                WriteItems(json, tuple);
                break;
            case PyDict dict:
                json.WritePropertyName(dict is DotDict ? "D" : "d");
                json.WriteStartArray();
                foreach (var (key, item) in dict)
                {
                    WriteItems(json, [key, item]);
                }

                json.WriteEndArray();
                break;
            case PySet set:
                json.WritePropertyName(set.IsFrozen ? "z" : "s");
                WriteItems(json, set);
                break;
            case byte[] bytes:
                json.WriteString("b", PyBytes.ToLatin1(bytes));
                break;
            case PyByteArray bytes:
                json.WriteString("B", PyBytes.ToLatin1(PyBytes.Of(bytes)));
                break;
            case PyDateTime time:
                WriteTime(json, time);
                break;
            case PyTimeDelta delta:
                json.WriteString("td", delta.Micros.ToString(CultureInfo.InvariantCulture));
                break;
            case PyPath path:
                json.WriteString("p", path.Str());
                break;
            case PySecret secret:
                json.WriteString("x", secret.Value);
                break;
            case PythonObject own when own.Host == host:
                json.WriteNumber("o", own.Number);
                break;
            case PythonLibrary library when library.Host == host:
                json.WriteNumber("lib", library.Number);
                break;
            default:
                WriteForeign(json, value);
                break;
        }
    }

    private static void WriteTime(Utf8JsonWriter json, PyDateTime time)
    {
        var value = time.Value;
        json.WriteStartArray("dt");
        int[] parts = time.IsDate
            ? [value.Year, value.Month, value.Day]
            : [value.Year, value.Month, value.Day, value.Hour, value.Minute, value.Second, (value.Millisecond * 1000) + value.Microsecond];
        foreach (var part in parts)
        {
            json.WriteNumberValue(part);
        }

        json.WriteEndArray();
    }

    // Python gets a number to hand back, and a text to show.
    private void WriteForeign(Utf8JsonWriter json, object value)
    {
        var number = _foreign.FindIndex(known => ReferenceEquals(known, value));
        if (number < 0)
        {
            number = _foreign.Count;
            _foreign.Add(value);
        }

        json.WriteStartArray("n");
        json.WriteNumberValue(number);
        json.WriteStringValue(PyText.Repr(value));
        json.WriteEndArray();
    }

    private static void WriteTagged(Utf8JsonWriter json, string tag, string text)
    {
        json.WriteStartObject();
        json.WriteString(tag, text);
        json.WriteEndObject();
    }

    private object? ReadObject(JsonProperty first, JsonElement whole)
    {
        var content = first.Value;
        return first.Name switch
        {
            "i" => PyNumbers.Normalize(BigInteger.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "f" => ReadFloat(content.GetString()!),
            "t" => new PyTuple([.. content.EnumerateArray().Select(Read)]),
            "d" => new PyDict(ReadPairs(content)),
            "D" => new DotDict(ReadPairs(content)),
            "s" => new PySet(content.EnumerateArray().Select(Read)),
            "z" => new PySet(content.EnumerateArray().Select(Read), isFrozen: true),
            "b" => System.Text.Encoding.Latin1.GetBytes(content.GetString()!),
            "B" => new PyByteArray(System.Text.Encoding.Latin1.GetBytes(content.GetString()!)),
            "dt" => ReadTime([.. content.EnumerateArray().Select(part => part.GetInt32())]),
            "td" => new PyTimeDelta(BigInteger.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "p" => new PyPath(content.GetString()!),
            "x" => new PySecret(content.GetString()!),
            "o" => PythonObject.Create(host, whole),
            "n" => _foreign[content.GetInt32()],
            _ => throw new InvalidOperationException($"The Python host sent a value of the unknown kind '{first.Name}'."),
        };
    }

    private IEnumerable<KeyValuePair<object?, object?>> ReadPairs(JsonElement pairs) =>
        pairs.EnumerateArray().Select(pair => new KeyValuePair<object?, object?>(Read(pair[0]), Read(pair[1])));

    private static double ReadFloat(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static PyDateTime ReadTime(int[] parts) => parts.Length == 3
        ? new PyDateTime(new DateTime(parts[0], parts[1], parts[2]), isDate: true)
        : new PyDateTime(new DateTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]).AddMicroseconds(parts[6]));
}
