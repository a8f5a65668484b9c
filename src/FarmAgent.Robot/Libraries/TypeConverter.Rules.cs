using System.Globalization;
using System.Numerics;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>What fits a type, and how the rest is converted.</summary>
internal sealed partial class TypeConverter
{
    private bool Fits(object? value, TypeInfo type)
    {
        var nested = type.Nested;
        return type.Kind switch
        {
            "any" or "object" => true,
            "outside" => type.Outside!.Fits(value, this),
            "str" => value is string,
            "bool" => value is bool,
            "int" => value is long or BigInteger or bool,
            "float" => value is double,
            "bytes" => value is byte[],
            "bytearray" => value is PyByteArray,
            "none" => value is null,
            "secret" => value is PySecret,
            "list" => value is PyList list && AllFit(list, nested),
            "sequence" => value is PyList or PyTuple or PyRange or byte[] or PyByteArray && AllFit(PyIteration.Items(value), nested),
            "tuple" => value is PyTuple tuple && TupleFits(tuple, nested),
            "dict" or "mapping" => value is PyDict dict
                && (nested is null || dict.All(item => Fits(item.Key, nested[0]) && Fits(item.Value, nested[1]))),
            "set" => value is PySet { IsFrozen: false } set && AllFit(set, nested),
            "frozenset" => value is PySet { IsFrozen: true } frozen && AllFit(frozen, nested),
            "union" => nested!.Any(member => member.Kind != "object" && member.IsKnown && Fits(value, member)),
            "literal" => nested!.Any(member => PyEquality.AreEqual(value, member.Literal) && PyTypeNames.Of(value) == PyTypeNames.Of(member.Literal)),
            "datetime" or "date" or "timedelta" => value is IPyObject other && other.TypeName == type.Kind,
            "path" => value is IPyObject { TypeName: "PosixPath" },
            "decimal" => value is IPyObject { TypeName: "Decimal" },
            _ => false,
        };
    }

    private bool AllFit(IEnumerable<object?> items, IReadOnlyList<TypeInfo>? nested) =>
        nested is null || items.All(item => Fits(item, nested[0]));

    private bool TupleFits(PyTuple tuple, IReadOnlyList<TypeInfo>? nested)
    {
        if (nested is null)
        {
            return true;
        }

        return nested is [.., { Kind: "..." }]
            ? tuple.All(item => Fits(item, nested[0]))
            : tuple.Count == nested.Count && tuple.Select((item, i) => Fits(item, nested[i])).All(fits => fits);
    }

    // False: the value cannot be converted and there is no reason to tell.
    private bool TryConvert(object? value, TypeInfo type, out object? result)
    {
        result = value;
        return type.Kind switch
        {
            "outside" => type.Outside!.TryConvert(value, this, out result),
            "str" => TryString(value, out result),
            "bool" => TryBoolean(value, out result),
            "int" => TryInteger(value, out result),
            "float" => TryFloat(value, out result),
            "bytes" or "bytearray" => TryBytes(value, type.Kind, out result),
            "none" => value is string none && (result = null) is null && none.ToUpperInvariant() is "NONE" or "",
            "list" or "sequence" or "tuple" => TrySequence(value, type, out result),
            "dict" or "mapping" => TryDictionary(value, type, out result),
            "set" or "frozenset" => TrySet(value, type, out result),
            "union" => TryUnion(value, type, out result),
            "literal" => TryLiteral(value, type, out result),
            "datetime" or "date" or "timedelta" or "path" or "decimal" => TypedObjects.TryConvert(value, type.Kind, out result),
            _ => false,
        };
    }

    private static bool TryString(object? value, out object? result)
    {
        result = value is PySecret ? null : value is byte[] or PyByteArray ? PyBytes.ToLatin1(PyBytes.Of(value)) : PyText.Str(value);
        return result is not null;
    }

    private bool TryBoolean(object? value, out object? result)
    {
        result = value;
        if (value is not string text)
        {
            return value is null or long or BigInteger or double;
        }

        var word = TitleCase.Of(text);
        result = word == "None" ? null : languages.TrueWords.Contains(word) ? true : languages.FalseWords.Contains(word) ? false : value;
        return true;
    }

    private static bool TryInteger(object? value, out object? result)
    {
        result = null;
        switch (value)
        {
            case double real:
                result = double.IsInteger(real)
                    ? PyNumbers.Normalize(new BigInteger(real))
                    : throw PyErrorException.ValueError("Conversion would lose precision.");
                return true;
            case string text:
                return TryIntegerText(WithoutSeparators(text), out result);
            default:
                return false;
        }
    }

    private static bool TryIntegerText(string text, out object? result)
    {
        var lower = text.ToLowerInvariant();
        foreach (var (prefix, numberBase) in ((string, int)[])[("0x", 16), ("0o", 8), ("0b", 2)])
        {
            var parts = lower.Split(prefix);
            if (parts.Length == 2 && parts[0] is "" or "-" or "+")
            {
                return PyNumberParser.TryInteger(parts[0] + parts[1], numberBase, out result);
            }
        }

        if (PyNumberParser.TryInteger(text, 10, out result))
        {
            return true;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) || !double.IsFinite(real))
        {
            return false;
        }

        result = BigInteger.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? PyNumbers.Normalize(number)
            : throw PyErrorException.ValueError("Conversion would lose precision.");
        return true;
    }

    private static bool TryFloat(object? value, out object? result)
    {
        result = null;
        switch (value)
        {
            case bool flag:
                result = flag ? 1.0 : 0.0;
                return true;
            case long number:
                result = (double)number;
                return true;
            case BigInteger big:
                result = (double)big;
                return true;
            case string text when PyNumberParser.TryFloat(WithoutSeparators(text), out var real):
                result = real;
                return true;
            default:
                return false;
        }
    }

    private static string WithoutSeparators(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private static bool TryBytes(object? value, string kind, out object? result)
    {
        var bytes = value switch
        {
            string text => [.. text.Select(ToByte)],
            byte[] given => given,
            PyByteArray array => PyBytes.Of(array).ToArray(),
            long or BigInteger or bool => [ToByte(value)],
            PyList or PyTuple or PyRange => [.. PyIteration.Items(value).Select(ToByte)],
            _ => (byte[]?)null,
        };
        result = bytes is null ? null : kind == "bytes" ? bytes : new PyByteArray(bytes);
        return bytes is not null;
    }

    private static byte ToByte(char c) =>
        c <= 0xFF ? (byte)c : throw PyErrorException.ValueError($"Character '{c}' cannot be mapped to a byte.");

    private static byte ToByte(object? value)
    {
        var number = value is string text && PyNumberParser.TryInteger(text, 10, out var parsed) ? parsed : value;
        return number switch
        {
            bool flag => flag ? (byte)1 : (byte)0,
            >= 0L and <= 255L => (byte)(long)number,
            double real => ToByte((long)real),
            long or BigInteger => throw PyErrorException.ValueError($"{PyText.Str(number)} is not in range 0-255."),
            _ => throw PyErrorException.ValueError($"{PyText.Repr(value)} is not an integer."),
        };
    }

    private bool TrySequence(object? value, TypeInfo type, out object? result)
    {
        result = null;
        if (value is string text)
        {
            value = Literal(text);
            if (value is not (PyList or PyTuple or string or byte[]))
            {
                throw PyErrorException.ValueError($"Value is {PyTypeNames.InMessages(value)}, not {(type.Kind == "sequence" ? "Sequence" : type.Kind)}.");
            }

            value = type.Kind == "sequence" && value is string or byte[]? new PyList(PyIteration.Items(value)) : value;
        }

        if (value is not (PyList or PyTuple or PyRange or byte[] or PyByteArray or string))
        {
            return false;
        }

        var items = PyIteration.Items(value).ToList();
        if (type.Nested is { } nested)
        {
            var homogenous = type.Kind != "tuple" || nested[^1].Kind == "...";
            if (!homogenous && nested.Count != items.Count)
            {
                throw PyErrorException.ValueError($"Expected {nested.Count} item{(nested.Count == 1 ? "" : "s")}, got {items.Count}.");
            }

            items = [.. items.Select((item, i) => Convert(item, homogenous ? nested[0] : nested[i], "Item", i.ToString(CultureInfo.InvariantCulture)))];
        }

        result = type.Kind == "tuple" || (type.Kind == "sequence" && value is PyTuple) ? new PyTuple([.. items]) : new PyList(items);
        return true;
    }

    private bool TryDictionary(object? value, TypeInfo type, out object? result)
    {
        result = null;
        if (value is string text)
        {
            value = Literal(text);
            if (value is not PyDict)
            {
                throw PyErrorException.ValueError(
                    $"Value is {PyTypeNames.InMessages(value)}, not {(type.Kind == "dict" ? "dict" : "Mapping")}.");
            }
        }

        if (value is not PyDict dict)
        {
            return false;
        }

        if (type.Nested is not { } nested)
        {
            result = dict;
            return true;
        }

        var items = dict.Select(item => new KeyValuePair<object?, object?>(
            Convert(item.Key, nested[0], "Key", null), Convert(item.Value, nested[1], "Item", PyText.InMessages(item.Key)))).ToList();
        result = dict is DotDict && type.Kind == "mapping" ? new DotDict(items) : new PyDict(items);
        return true;
    }

    private bool TrySet(object? value, TypeInfo type, out object? result)
    {
        result = null;
        if (value is string text)
        {
            value = text == $"{type.Kind}()" ? new PySet([]) : Literal(text);
            if (value is not (PySet or PyList or PyTuple or string or byte[]))
            {
                throw PyErrorException.ValueError($"Value is {PyTypeNames.InMessages(value)}, not set.");
            }
        }

        if (PyIteration.TryGetItems(value) is not { } items)
        {
            return false;
        }

        result = new PySet(items.Select(item => type.Nested is { } nested ? Convert(item, nested[0], "Item", null) : item), type.Kind == "frozenset");
        return true;
    }

    private bool TryUnion(object? value, TypeInfo type, out object? result)
    {
        result = value;
        foreach (var member in type.Nested!)
        {
            if (!member.IsKnown)
            {
                continue;
            }

            try
            {
                result = Convert(value, member, "Argument", null);
                return true;
            }
            catch (PyErrorException error) when (error.TypeName == "ValueError")
            {
                // The next member may fit.
            }
        }

        return type.Nested.Any(member => !member.IsKnown);
    }

    private bool TryLiteral(object? value, TypeInfo type, out object? result)
    {
        var matches = new List<object?>();
        foreach (var member in type.Nested!)
        {
            if (MatchesLiteral(value, member.Literal))
            {
                matches.Add(member.Literal);
            }
        }

        result = matches.FirstOrDefault();
        return matches.Count > 1 ? throw PyErrorException.ValueError("No unique match found.") : matches.Count == 1;
    }

    private bool MatchesLiteral(object? value, object? expected)
    {
        try
        {
            var kind = expected switch { null => "None", string => "str", bool => "bool", byte[] => "bytes", _ => "int" };
            var converted = Convert(value, Type(kind), "Argument", null);
            return expected is string text && converted is string given
                ? NormalizedNames.Normalize(given, "_-") == NormalizedNames.Normalize(text, "_-")
                : PyEquality.AreEqual(converted, expected);
        }
        catch (PyErrorException error) when (error.TypeName == "ValueError")
        {
            return false;
        }
    }

    private object? Literal(string text)
    {
        try
        {
            return evaluator.EvaluatePlain(text, NoNames);
        }
        catch (KeywordFailedException)
        {
            throw PyErrorException.ValueError("Invalid expression.");
        }
    }
}
