using System.Numerics;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Convert To … and Create ….</summary>
internal sealed partial class BuiltInLibrary
{
    private const string Digits = "item, base: int | None=None, prefix: str | None=None, length: int | None=None";

    private static IEnumerable<KeywordDescriptor> Conversions() =>
    [
        Plain("Convert To Integer", "item, base: int | None=None", (context, a) =>
        {
            LogType(context, a["item"]);
            return ToInteger(context, a["item"], a["base"]);
        }),
        Plain("Convert To Number", "item, precision: int | None=None", (context, a) =>
        {
            LogType(context, a["item"]);
            return ToNumber(context, a["item"], a["precision"]);
        }),
        Plain("Convert To Binary", Digits, (context, a) => ToDigits(context, a, "b")),
        Plain("Convert To Octal", Digits, (context, a) => ToDigits(context, a, "o")),
        Plain("Convert To Hex", $"{Digits}, lowercase: bool=False", (context, a) => ToDigits(context, a, PyTruth.Of(a["lowercase"]) ? "x" : "X")),
        Plain("Convert To String", "item", (context, a) =>
        {
            LogType(context, a["item"]);
            return Text(a["item"]);
        }),
        Plain("Convert To Boolean", "item", (context, a) =>
        {
            LogType(context, a["item"]);
            return !(a["item"] is string text && TitleCase.Of(text) == "False") && PyTruth.Of(a["item"]);
        }),
        Plain("Convert To Bytes", "input, input_type: Literal['text', 'int', 'hex', 'bin']='text'", (context, a) =>
        {
            try
            {
                return ToBytes(context, a["input"], a.Text("input_type"));
            }
            catch (KeywordFailedException error)
            {
                throw Tracebacks.Attach(
                    new KeywordFailedException($"Creating bytes failed: {error.ResultMessage}", "", error), $"RuntimeError: {error.Message}");
            }
        }),
        Plain("Create List", "*items", (_, a) => new PyList(a.Varargs)),
        Raw("Create Dictionary", "*items", 0, (context, a) => CreateDictionary(context, a.Varargs)),
    ];

    private static void LogType(IKeywordContext context, object? item) =>
        context.Log($"Argument types are:\n<class '{PyTypeNames.Qualified(item)}'>", MessageLevel.Debug);

    private static object ToInteger(IKeywordContext context, object? item, object? numberBase, bool log = false, object? other = null)
    {
        if (log)
        {
            LogTypes(context, item, other);
        }

        var original = item;
        if (item is string text)
        {
            item = NormalizedNames.Normalize(text, "_");
            (item, numberBase) = PyTruth.Of(numberBase) ? (item, numberBase) : BaseOf((string)item);
        }

        try
        {
            if (!PyTruth.Of(numberBase))
            {
                return Python(context, "int(item)", ("item", item))!;
            }

            return item is string or byte[] or PyByteArray
                ? Python(context, "int(item, base)", ("item", item), ("base", numberBase))!
                : throw Failed($"{PyTypeNames.InMessages(item)} objects do not support base.");
        }
        catch (KeywordFailedException error)
        {
            throw Tracebacks.Attach(
                PyErrorException.ValueError($"'{Text(original)}' cannot be converted to an integer: {error.Message}"), error.ResultMessage);
        }
    }

    private static (object Item, object? Base) BaseOf(string text)
    {
        var sign = text is ['-' or '+', ..] ? text[..1] : "";
        var rest = text[sign.Length..];
        object? numberBase = rest.Length < 2 ? null : rest[..2] switch { "0b" => 2L, "0o" => 8L, "0x" => 16L, _ => null };
        return numberBase is null ? (text, null) : (sign + rest[2..], numberBase);
    }

    private static object ToNumber(IKeywordContext context, object? item, object? precision)
    {
        object number;
        if (item is string text)
        {
            item = NormalizedNames.Normalize(text, "_");
        }

        try
        {
            number = Python(context, "float(item)", ("item", item))!;
        }
        catch (KeywordFailedException error)
        {
            try
            {
                number = Python(context, "float(item)", ("item", ToInteger(context, item, null)))!;
            }
            catch (KeywordFailedException other)
            {
                throw Tracebacks.Attach(
                    PyErrorException.ValueError($"'{Text(item)}' cannot be converted to a floating point number: {error.Message}"),
                    Tracebacks.Chain(error.ResultMessage, Tracebacks.Of(other) ?? other.ResultMessage));
            }
        }

        return precision is null ? number : Python(context, "float(round(number, precision))", ("number", number), ("precision", precision))!;
    }

    private static string ToDigits(IKeywordContext context, KeywordArguments a, string format)
    {
        LogType(context, a["item"]);
        var digits = (string)Python(context, "format(item, spec)", ("item", ToInteger(context, a["item"], a["base"])), ("spec", format))!;
        var sign = digits.StartsWith('-') ? "-" : "";
        digits = digits[sign.Length..];
        return sign + a.OptionalText("prefix") + (a["length"] is long length ? digits.PadLeft((int)Math.Min(length, 1_000_000), '0') : digits);
    }

    private static byte[] ToBytes(IKeywordContext context, object? input, string kind) => kind switch
    {
        "text" => [.. PyIteration.Items(input).Select(item => item is string text
            ? ToByte(char.ConvertToUtf32(text, 0), text, "Character")
            : ToByte(item is long number ? number : -1, item, "Character"))],
        "int" => [.. (input is string text ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : input is long or bool or BigInteger ? [input] : PyIteration.Items(input)).Select(item => ToByte(context, item, null, "Integer"))],
        "hex" => [.. Chunks(input, 2).Select(item => ToByte(context, item, 16L, "Hex value"))],
        _ => [.. Chunks(input, 8).Select(item => ToByte(context, item, 2L, "Binary value"))],
    };

    private static byte ToByte(IKeywordContext context, object? item, object? numberBase, string kind) =>
        ToByte(ToInteger(context, item, numberBase) is long number ? number : -1, item, kind);

    private static byte ToByte(long number, object? shown, string kind) =>
        number is >= 0 and <= 255 ? (byte)number : throw Failed($"{kind} '{Text(shown)}' cannot be represented as a byte.");

    private static IEnumerable<object?> Chunks(object? input, int size)
    {
        if (input is not string text)
        {
            return PyIteration.Items(input);
        }

        text = string.Concat(text.Where(c => !PyWhitespace.Contains(c)));
        return text.Length % size == 0
            ? Enumerable.Range(0, text.Length / size).Select(i => (object?)text.Substring(i * size, size))
            : throw Failed($"Expected input to be multiple of {size}.");
    }

    private static DotDict CreateDictionary(IKeywordContext context, IReadOnlyList<object?> items)
    {
        var variables = Variables(context);
        var separate = items.TakeWhile(item => item is not string text || (EqualsSplitter.Split(text).Value is null && !VariableKinds.IsDict(text))).ToList();
        var values = variables.ReplaceList(separate);
        if (values.Count % 2 != 0)
        {
            throw Failed($"Expected even number of keys and values, got {values.Count}.");
        }

        var result = new DotDict(Enumerable.Range(0, values.Count / 2)
            .Select(i => new KeyValuePair<object?, object?>(values[i * 2], values[(i * 2) + 1])));
        var cells = items.Skip(separate.Count).Select(Text).ToList();
        if (cells.Count > 0)
        {
            var resolver = VariableResolver.Create(new VariableDefinition("&{items}", cells));
            foreach (var (key, value) in (PyDict)resolver.Resolve(variables.Current)!)
            {
                result[key] = value;
            }
        }

        return result;
    }
}
