using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Checks of elements, texts and attributes.</content>
internal sealed partial class XmlLibrary
{
    private const string Comparison = "source, expected, exclude_children: bool=False, normalize_whitespace: bool=False, sort_children: bool=False";

    private static IEnumerable<KeywordDescriptor> Checks() =>
    [
        Assertion("Element Should Exist", $"source, {Path}, {Message}", (context, a) => CheckCount(context, a, isWanted: true)),
        Assertion("Element Should Not Exist", $"source, {Path}, {Message}", (context, a) => CheckCount(context, a, isWanted: false)),
        Assertion("Element Text Should Be", $"source, expected: str, {Path}, {Normalized}, {Message}", (_, a) =>
            CheckEqual(TextOf(Element(a), a), a["expected"], a)),
        Assertion("Element Text Should Match", $"source, pattern: str, {Path}, {Normalized}, {Message}", (_, a) =>
            CheckMatch(TextOf(Element(a), a), a)),
        Assertion("Element Attribute Should Be", $"source, name: str, expected: str | None, {Path}, {Message}", (_, a) =>
            CheckEqual(Attribute(a), a["expected"], a)),
        Assertion("Element Attribute Should Match", $"source, name: str, pattern: str, {Path}, {Message}", (_, a) =>
            CheckMatch(Attribute(a) ?? throw new KeywordFailedException($"Attribute '{a.Text("name")}' does not exist."), a)),
        Assertion("Element Should Not Have Attribute", $"source, name: str, {Path}, {Message}", (_, a) =>
        {
            if (Attribute(a) is { } value)
            {
                throw Failure($"Attribute '{a.Text("name")}' exists and has value '{value}'.", a.OptionalText("message"));
            }
        }),
        Assertion("Elements Should Be Equal", Comparison, (_, a) => Compare(a, isPattern: false)),
        Assertion("Elements Should Match", Comparison, (_, a) => Compare(a, isPattern: true)),
    ];

    private static string? Attribute(KeywordArguments a) =>
        Element(a).Attributes.TryGetValue(a["name"], out var value) ? PyText.Str(value) : null;

    private static void CheckCount(IKeywordContext context, KeywordArguments a, bool isWanted)
    {
        var count = Count(context, a);
        if (count > 0 != isWanted)
        {
            throw Failure(XmlSources.CountMessage(count, a.Text("xpath")), a.OptionalText("message"));
        }
    }

    private static void CheckEqual(object? actual, object? expected, KeywordArguments a)
    {
        if (!PyEquality.AreEqual(actual, expected))
        {
            throw Failure(ItemTexts.Difference(actual, expected), a.OptionalText("message"));
        }
    }

    private static void CheckMatch(string text, KeywordArguments a)
    {
        if (!new GlobPattern(a.Text("pattern")).Matches(text))
        {
            throw Failure($"'{text}' does not match '{a.Text("pattern")}'", a.OptionalText("message"));
        }
    }

    private static void Compare(KeywordArguments a, bool isPattern) => new XmlComparer(
        isPattern, PyTruth.Of(a["normalize_whitespace"]), PyTruth.Of(a["sort_children"]), PyTruth.Of(a["exclude_children"]))
        .Compare(XmlSources.Find(a["source"]), XmlSources.Find(a["expected"]));
}
