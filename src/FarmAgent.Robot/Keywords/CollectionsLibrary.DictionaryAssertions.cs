using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Checks of dictionaries.</content>
internal sealed partial class CollectionsLibrary
{
    private const string CaseArgument = "ignore_case: Literal['KEY', 'KEYS', 'VALUE', 'VALUES'] | bool=False";

    private static IEnumerable<KeywordDescriptor> DictionaryAssertions() =>
    [
        Assertion("Dictionary Should Contain Key", $"dictionary: Mapping, key: object, msg: str | None=None, {CaseArgument}", (_, a) =>
            CheckKey(a, isWanted: true)),
        Assertion("Dictionary Should Not Contain Key", $"dictionary: Mapping, key: object, msg: str | None=None, {CaseArgument}", (_, a) =>
            CheckKey(a, isWanted: false)),
        Assertion(
            "Dictionary Should Contain Item", $"dictionary: Mapping, key: object, value: object, msg: str | None=None, {CaseArgument}", CheckItem),
        Assertion("Dictionary Should Contain Value", $"dictionary: Mapping, value: object, msg: str | None=None, {CaseArgument}", (_, a) =>
            CheckDictionaryValue(a, isWanted: true)),
        Assertion("Dictionary Should Not Contain Value", $"dictionary: Mapping, value: object, msg: str | None=None, {CaseArgument}", (_, a) =>
            CheckDictionaryValue(a, isWanted: false)),
        Assertion(
            "Dictionaries Should Be Equal",
            "dict1: Mapping, dict2: Mapping, msg: str | None=None, values: bool=True, ignore_keys: Sequence | None=None, "
            + $"{CaseArgument}, ignore_value_order: bool=False",
            (context, a) => Compare(context, a, a["ignore_keys"], isSubset: false)),
        Assertion(
            "Dictionary Should Contain Sub Dictionary",
            $"dict1: Mapping, dict2: Mapping, msg: str | None=None, values: bool=True, {CaseArgument}, ignore_value_order: bool=False",
            (context, a) => Compare(context, a, null, isSubset: true)),
    ];

    private static void CheckKey(KeywordArguments a, bool isWanted)
    {
        var normalizer = new CollectionNormalizer(a["ignore_case"]);
        if (normalizer.Normalize(Dictionary(a)).ContainsKey(normalizer.NormalizeKey(a["key"])) != isWanted)
        {
            throw isWanted
                ? Missing(a["key"], a.OptionalText("msg"))
                : Failure($"Dictionary contains key '{PyText.Str(a["key"])}'.", a.OptionalText("msg"));
        }
    }

    private static void CheckItem(IKeywordContext context, KeywordArguments a)
    {
        CheckKey(a, isWanted: true);
        var normalizer = new CollectionNormalizer(a["ignore_case"]);
        var found = normalizer.Normalize(Dictionary(a))[normalizer.NormalizeKey(a["key"])];
        var wanted = normalizer.NormalizeValue(a["value"]);
        if (!PyEquality.AreEqual(found, wanted))
        {
            throw Failure(
                $"Value of dictionary key '{PyText.Str(a["key"])}' does not match: {ItemTexts.Difference(found, wanted)}", a.OptionalText("msg"));
        }
    }

    private static void CheckDictionaryValue(KeywordArguments a, bool isWanted)
    {
        var normalizer = new CollectionNormalizer(a["ignore_case"]);
        var wanted = normalizer.NormalizeValue(a["value"]);
        if (normalizer.Normalize(Dictionary(a)).Values.Any(value => PyEquality.AreEqual(value, wanted)) != isWanted)
        {
            var relation = isWanted ? "does not contain" : "contains";
            throw Failure($"Dictionary {relation} value '{PyText.Str(a["value"])}'.", a.OptionalText("msg"));
        }
    }

    private static void Compare(IKeywordContext context, KeywordArguments a, object? ignoredKeys, bool isSubset)
    {
        var withValues = WithValues(context, a["values"]);
        var normalizer = new CollectionNormalizer(a["ignore_case"], PyTruth.Of(a["ignore_value_order"]), ignoredKeys);
        var (first, second) = (normalizer.Normalize(Dictionary(a, "dict1")), normalizer.Normalize(Dictionary(a, "dict2")));
        List<string> errors = [];
        AddMissing(errors, "first", second.Keys.Where(key => !first.ContainsKey(key)));
        if (!isSubset)
        {
            AddMissing(errors, "second", first.Keys.Where(key => !second.ContainsKey(key)));
        }

        if (errors.Count > 0)
        {
            throw Failure(string.Join('\n', errors), a.OptionalText("msg"), withValues);
        }

        errors = [.. second.Where(item => !PyEquality.AreEqual(first[item.Key], item.Value))
            .Select(item => $"Key {PyText.Str(item.Key)}: {ItemTexts.Difference(first[item.Key], item.Value)}")];
        if (errors.Count > 0)
        {
            throw Failure(string.Join('\n', errors.Prepend("Following keys have different values:")), a.OptionalText("msg"), withValues);
        }
    }

    private static void AddMissing(List<string> errors, string which, IEnumerable<object?> keys)
    {
        if (ItemTexts.Quoted(keys) is { Length: > 0 } missing)
        {
            errors.Add($"Following keys missing from {which} dictionary: {missing}");
        }
    }
}
