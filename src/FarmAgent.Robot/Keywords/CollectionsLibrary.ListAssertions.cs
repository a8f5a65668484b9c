using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Checks of lists.</content>
internal sealed partial class CollectionsLibrary
{
    private const string ValueArguments = $"list_: {ListLike}, value: object, msg: str | None=None, ignore_case: bool=False";

    private static IEnumerable<KeywordDescriptor> ListAssertions() =>
    [
        Assertion("List Should Contain Value", ValueArguments, (_, a) => CheckValue(a, isWanted: true)),
        Assertion("List Should Not Contain Value", ValueArguments, (_, a) => CheckValue(a, isWanted: false)),
        Assertion("List Should Not Contain Duplicates", "list_: Sequence, msg: str | None=None, ignore_case: bool=False", CheckDuplicates),
        Assertion(
            "Lists Should Be Equal",
            $"list1: {ListLike}, list2: {ListLike}, msg: str | None=None, values: bool=True, "
            + "names: Mapping[int, str] | Sequence[str] | None=None, ignore_order: bool=False, ignore_case: bool=False",
            CheckEqualLists),
        Assertion(
            "List Should Contain Sub List",
            $"list1: {ListLike}, list2: {ListLike}, msg: str | None=None, values: bool=True, ignore_case: bool=False",
            CheckSubList),
    ];

    private static void CheckValue(KeywordArguments a, bool isWanted)
    {
        var normalizer = new CollectionNormalizer(a["ignore_case"]);
        var isFound = PyComparison.Contains(normalizer.Normalize(a["list_"]), normalizer.Normalize(a["value"]));
        if (isFound != isWanted)
        {
            var list = AssignMessages.FormatList(PyIteration.Items(a["list_"]));
            var relation = isWanted ? "does not contain" : "contains";
            throw Failure($"{list} {relation} value '{PyText.Str(a["value"])}'.", a.OptionalText("msg"));
        }
    }

    private static void CheckDuplicates(IKeywordContext context, KeywordArguments a)
    {
        var items = PyIteration.Items(new CollectionNormalizer(a["ignore_case"]).Normalize(a["list_"])).ToList();
        var repeated = new List<object?>();
        foreach (var item in items.Where(item => !repeated.Exists(other => PyEquality.AreEqual(other, item))).ToList())
        {
            var count = items.Count(other => PyEquality.AreEqual(other, item));
            if (count > 1 && !repeated.Exists(other => PyEquality.AreEqual(other, item)))
            {
                context.Log($"'{PyText.Str(item)}' found {count} times.");
                repeated.Add(item);
            }
        }

        if (repeated.Count > 0)
        {
            throw Failure($"{ItemTexts.Quoted(repeated)} found multiple times.", a.OptionalText("msg"));
        }
    }

    private static void CheckEqualLists(IKeywordContext context, KeywordArguments a)
    {
        var withValues = WithValues(context, a["values"]);
        var (length1, length2) = (Length(a["list1"]), Length(a["list2"]));
        if (length1 != length2)
        {
            throw Failure($"Lengths are different: {length1} != {length2}", a.OptionalText("msg"), withValues);
        }

        var names = a["names"] switch
        {
            PyDict given => given,
            var given when PyTruth.Of(given) => new PyDict(PyIteration.Items(given).Select((name, i) => new KeyValuePair<object?, object?>((long)i, name))),
            _ => new PyDict(),
        };
        var normalizer = new CollectionNormalizer(a["ignore_case"], PyTruth.Of(a["ignore_order"]));
        var differences = PyIteration.Items(normalizer.Normalize(a["list1"]))
            .Zip(PyIteration.Items(normalizer.Normalize(a["list2"])))
            .Select((pair, i) => (pair.First, pair.Second, Index: i))
            .Where(pair => !PyEquality.AreEqual(pair.First, pair.Second))
            .Select(pair => $"Index {pair.Index}{NameOf(names, pair.Index)}: {ItemTexts.Difference(pair.First, pair.Second)}")
            .ToList();
        if (differences.Count > 0)
        {
            throw Failure("Lists are different:\n" + string.Join('\n', differences), a.OptionalText("msg"), withValues);
        }
    }

    private static string NameOf(PyDict names, long index) => names.TryGetValue(index, out var name) ? $" ({PyText.Str(name)})" : string.Empty;

    private static void CheckSubList(IKeywordContext context, KeywordArguments a)
    {
        var withValues = WithValues(context, a["values"]);
        var normalizer = new CollectionNormalizer(a["ignore_case"]);
        var all = normalizer.Normalize(a["list1"]);
        var missing = PyIteration.Items(normalizer.Normalize(a["list2"])).Where(item => !PyComparison.Contains(all, item)).ToList();
        if (missing.Count > 0)
        {
            throw Failure($"Following values are missing: {ItemTexts.Quoted(missing)}", a.OptionalText("msg"), withValues);
        }
    }
}
