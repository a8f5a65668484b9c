using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Should … about equality and about text.</summary>
internal sealed partial class BuiltInLibrary
{
    private const string Two = "first, second, msg: str | None=None, values: bool=True";

    private const string Strings = $"str1: str | bytes, str2: str | bytes, msg: str | None=None, values: bool=True, {Norm}";

    private const string Pattern = "string: str | bytes, pattern: str | bytes, msg: str | None=None, values: bool=True";

    private const string StripSpaces = "strip_spaces: Literal['LEADING', 'TRAILING'] | bool=False";

    private const string Formatter = "formatter: Literal['str', 'repr', 'ascii']='str'";

    private static IEnumerable<KeywordDescriptor> Comparisons() =>
    [
        Assertion(
            "Should Be Equal",
            $"{Two}, ignore_case: bool=False, {Formatter}, {StripSpaces}, collapse_spaces: bool=False, type: Any=None, types: Any=None",
            ShouldBeEqual),
        Assertion("Should Not Be Equal", $"{Two}, {Norm}", (context, a) =>
        {
            LogTypes(context, a["first"], a["second"]);
            var second = PyBytes.IsBytes(a["first"]) ? EnsureBytes(context, a["second"]) : a["second"];
            var normalizer = ValueNormalizer.From(a);
            CheckDifferent(context, a, normalizer.Normalize(a["first"]), normalizer.Normalize(second));
        }),
        Assertion("Should Be Equal As Integers", $"{Two}, base: int | None=None", (context, a) =>
            CheckEqual(context, a, ToInteger(context, a["first"], a["base"], log: true, a["second"]), ToInteger(context, a["second"], a["base"]))),
        Assertion("Should Not Be Equal As Integers", $"{Two}, base: int | None=None", (context, a) =>
            CheckDifferent(context, a, ToInteger(context, a["first"], a["base"], log: true, a["second"]), ToInteger(context, a["second"], a["base"]))),
        Assertion("Should Be Equal As Numbers", $"{Two}, precision: int=6", (context, a) =>
        {
            LogTypes(context, a["first"], a["second"]);
            CheckEqual(context, a, ToNumber(context, a["first"], a["precision"]), ToNumber(context, a["second"], a["precision"]));
        }),
        Assertion("Should Not Be Equal As Numbers", $"{Two}, precision: int=6", (context, a) =>
        {
            LogTypes(context, a["first"], a["second"]);
            CheckDifferent(context, a, ToNumber(context, a["first"], a["precision"]), ToNumber(context, a["second"], a["precision"]));
        }),
        Assertion(
            "Should Be Equal As Strings",
            $"{Two}, ignore_case: bool=False, {StripSpaces}, {Formatter}, collapse_spaces: bool=False",
            (context, a) =>
            {
                LogTypes(context, a["first"], a["second"]);
                var normalizer = ValueNormalizer.From(a);
                CheckEqual(context, a, normalizer.Normalize(Text(a["first"])), normalizer.Normalize(Text(a["second"])), a.Text("formatter"));
            }),
        Assertion("Should Not Be Equal As Strings", $"{Two}, {Norm}", (context, a) =>
        {
            LogTypes(context, a["first"], a["second"]);
            var normalizer = ValueNormalizer.From(a);
            CheckDifferent(context, a, normalizer.Normalize(Text(a["first"])), normalizer.Normalize(Text(a["second"])));
        }),
        Ends("Should Start With", "startswith", wanted: true, "does not start with"),
        Ends("Should Not Start With", "startswith", wanted: false, "starts with"),
        Ends("Should End With", "endswith", wanted: true, "does not end with"),
        Ends("Should Not End With", "endswith", wanted: false, "ends with"),
        Assertion("Should Match", $"{Pattern}, ignore_case: bool=False", (context, a) => CheckGlob(context, a, wanted: true)),
        Assertion("Should Not Match", $"{Pattern}, ignore_case: bool=False", (context, a) => CheckGlob(context, a, wanted: false)),
        Assertion("Should Match Regexp", $"{Pattern}, flags: str | None=None", (context, a) =>
        {
            var match = RegexKeywords.Search(a["string"], a["pattern"], a.OptionalText("flags"));
            CheckPair(context, match is not null, a, a["string"], $"'{Text(a["pattern"])}'", "does not match");
            return match;
        }),
        Assertion("Should Not Match Regexp", $"{Pattern}, flags: str | None=None", (context, a) => CheckPair(
            context,
            RegexKeywords.Search(a["string"], a["pattern"], a.OptionalText("flags")) is null,
            a,
            a["string"],
            $"'{Text(a["pattern"])}'",
            "matches")),
    ];

    private static KeywordDescriptor Ends(string name, string method, bool wanted, string relation) =>
        Assertion(name, Strings, (context, a) =>
        {
            var second = PyBytes.IsBytes(a["str1"]) ? EnsureBytes(context, a["str2"]) : a["str2"];
            var normalizer = ValueNormalizer.From(a);
            var (first, end) = (normalizer.Normalize(a["str1"]), normalizer.Normalize(second));
            CheckPair(
                context, PythonTruth(context, $"a.{method}(b)", ("a", first), ("b", end)) == wanted, a, first, $"'{Text(end)}'", relation);
        });

    private static void CheckGlob(IKeywordContext context, KeywordArguments a, bool wanted)
    {
        var (text, pattern) = (Text(a["string"]), Text(a["pattern"]));
        Func<string, string>? normalize = PyTruth.Of(a["ignore_case"]) ? UnicodeCase.Fold : null;
        CheckPair(
            context, new GlobPattern(pattern, normalize).Matches(text) == wanted, a, text, $"'{pattern}'", wanted ? "does not match" : "matches");
    }

    private static void ShouldBeEqual(IKeywordContext context, KeywordArguments a)
    {
        var (first, second) = (a["first"], a["second"]);
        LogTypes(context, first, second);
        if (PyTruth.Of(a["type"]) || PyTruth.Of(a["types"]))
        {
            (first, second) = ConvertTypes(context, first, second, a["type"], a["types"]);
        }
        else if (PyBytes.IsBytes(first))
        {
            second = EnsureBytes(context, second);
        }

        var normalizer = ValueNormalizer.From(a);
        CheckEqual(context, a, normalizer.Normalize(first), normalizer.Normalize(second), a.Text("formatter"));
    }

    private static (object? First, object? Second) ConvertTypes(IKeywordContext context, object? first, object? second, object? type, object? types)
    {
        if (PyTruth.Of(type) && PyTruth.Of(types))
        {
            throw PyErrorException.TypeError("Cannot use both 'type' and 'types' arguments.");
        }

        var converter = Scope(context).Suite.Services.Converter;
        var written = TypeText(PyTruth.Of(types) ? types : type);
        var isAuto = !PyTruth.Of(types) && written.Equals("AUTO", StringComparison.OrdinalIgnoreCase);
        var info = converter.Type(isAuto ? PyTypeNames.Of(first) : written);
        if (info.FindUnknown() is { } unknown)
        {
            throw PyErrorException.TypeError($"Unrecognized type '{unknown.Name}'.");
        }

        if (PyTruth.Of(types))
        {
            first = converter.Convert(first, info, "Argument", "first");
        }
        else if (!converter.NeedsNoConversion(first, info))
        {
            throw PyErrorException.ValueError($"Argument 'first' got value {PyText.Repr(first)} that does not match type {PyText.Repr(written)}.");
        }

        return (first, converter.Convert(second, info, "Argument", "second"));
    }

    // A type may be given as text or as the type itself.
    private static string TypeText(object? type) =>
        type is IPyObject { TypeName: "type" } known && known.TryGetAttribute("__name__", out var name) ? Text(name) : Text(type);

    private static void CheckEqual(IKeywordContext context, KeywordArguments a, object? first, object? second, string formatter = "str")
    {
        var values = WithValues(context, a["values"]);
        if (PyEquality.AreEqual(first, second))
        {
            return;
        }

        if (values && first is string one && second is string other)
        {
            MultilineDifference.ThrowIfLong(context, one, other, a.OptionalText("msg"), text => Format(formatter, text));
        }

        throw Failed(PairMessage(a.OptionalText("msg"), values, first, second, "!=", value => Format(formatter, value)));
    }

    private static void CheckDifferent(IKeywordContext context, KeywordArguments a, object? first, object? second)
    {
        var values = WithValues(context, a["values"]);
        if (PyEquality.AreEqual(first, second))
        {
            throw Failed(PairMessage(a.OptionalText("msg"), values, first, second, "==", Text));
        }
    }

    // Values that look the same get their types behind them.
    private static string PairMessage(string? message, bool values, object? first, object? second, string sign, Func<object?, string> format)
    {
        if (!string.IsNullOrEmpty(message) && !values)
        {
            return message;
        }

        var (one, other) = (format(first), format(second));
        if (one == other && sign == "!=")
        {
            one += $" ({PyTypeNames.InMessages(first)})";
            other += $" ({PyTypeNames.InMessages(second)})";
        }

        var standard = $"{one} {sign} {other}";
        return string.IsNullOrEmpty(message) ? standard : $"{message}: {standard}";
    }

    private static string Format(string formatter, object? value) => formatter.ToLowerInvariant() switch
    {
        "repr" => PyPrettyText.Of(value),
        "ascii" => PyText.Ascii(value),
        _ => Text(value),
    };
}
