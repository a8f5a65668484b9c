using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Making and changing lists.</content>
internal sealed partial class CollectionsLibrary
{
    private static IEnumerable<KeywordDescriptor> ListKeywords() =>
    [
        Plain("Convert To List", "item: object", (_, a) => new PyList(PyIteration.Items(a["item"]))),
        Plain("Append To List", "list_: Sequence, *values: object", (_, a) =>
        {
            var list = Mutable(a);
            list.AddRange(a.Varargs);
            return list;
        }),
        Plain("Insert Into List", "list_: Sequence, index: int, value: object", (_, a) =>
        {
            var list = Mutable(a);
            var index = a.Integer("index");
            list.Insert((int)Math.Clamp(index < 0 ? index + list.Count : index, 0, list.Count), a["value"]);
            return list;
        }),
        Plain("Combine Lists", $"*lists: {ListLike}", (_, a) => new PyList(a.Varargs.SelectMany(PyIteration.Items))),
        Plain("Set List Value", "list_: Sequence, index: int, value: object", (_, a) =>
        {
            var list = Mutable(a);
            return AtIndex(a, () =>
            {
                PySubscript.Set(list, a["index"], a["value"]);
                return list;
            });
        }),
        Plain("Remove Values From List", "list_: Sequence, *values: object", (_, a) =>
        {
            var list = Mutable(a);
            list.RemoveAll(item => a.Varargs.Any(value => PyEquality.AreEqual(item, value)));
            return list;
        }),
        Plain("Remove From List", "list_: Sequence, index: int", (_, a) => AtIndex(a, () =>
        {
            var list = Mutable(a);
            var index = PySubscript.Index(a["index"], list.Count, "list");
            var item = list[index];
            list.RemoveAt(index);
            return item;
        })),
        Plain("Remove Duplicates", "list_: Sequence", RemoveDuplicates),
        Plain("Get From List", "list_: Sequence, index: int", (_, a) => AtIndex(a, () => PySubscript.Get(a["list_"], a["index"]))),
        Plain("Get Slice From List", "list_: Sequence, start: int | Literal['']=0, end: int | None=None", (context, a) =>
            Slice(a, Start(context, a, "Get Slice From List"))),
        Plain("Count Values In List", "list_: Sequence, value: object, start: int=0, end: int | None=None", (_, a) =>
            (long)PyIteration.Items(Slice(a, a["start"])).Count(item => PyEquality.AreEqual(item, a["value"]))),
        Plain("Get Index From List", "list_: Sequence, value: object, start: int | Literal['']=0, end: int | None=None", IndexOf),
        Plain("Copy List", "list_: Sequence, deepcopy: bool=False", (_, a) => PyTruth.Of(a["deepcopy"])
            ? DeepCopies.Of(a["list_"])
            : PySubscript.Get(a["list_"], new PySlice(null, null, null))),
        Plain("Reverse List", "list_: Sequence", (_, a) =>
        {
            var list = Mutable(a);
            list.Reverse();
            return list;
        }),
        Plain("Sort List", "list_: Sequence", (_, a) =>
        {
            var list = Mutable(a);
            var sorted = PyOrdering.Sorted(list);
            list.Clear();
            list.AddRange(sorted);
            return list;
        }),
        Plain("Log List", "list_: Sequence, level: str='INFO'", LogList),
    ];

    /// <summary>The list itself; what cannot be changed is copied into one.</summary>
    private static PyList Mutable(KeywordArguments arguments) =>
        arguments["list_"] as PyList ?? new PyList(PyIteration.Items(arguments["list_"]));

    private static int Length(object? items) => PyBuiltins.TryLength(items)
        ?? throw PyErrorException.TypeError($"object of type '{PyTypeNames.Of(items)}' has no len()");

    private static object? AtIndex(KeywordArguments arguments, Func<object?> access)
    {
        try
        {
            return access();
        }
        catch (PyErrorException error) when (error.TypeName == "IndexError")
        {
            throw Tracebacks.Attach(
                PyErrorException.IndexError($"Given index {PyText.Str(arguments["index"])} is out of the range 0-{Length(arguments["list_"]) - 1}."),
                error.ResultMessage);
        }
    }

    private static object? Start(IKeywordContext context, KeywordArguments arguments, string keyword)
    {
        if (arguments["start"] is not string)
        {
            return arguments["start"];
        }

        context.Log(
            $"Using an empty string as a start index with the '{keyword}' keyword is deprecated. Use '0' instead.", MessageLevel.Warn);
        return 0L;
    }

    private static object? Slice(KeywordArguments arguments, object? start) =>
        PySubscript.Get(arguments["list_"], new PySlice(start, arguments["end"], null));

    private static object? RemoveDuplicates(IKeywordContext context, KeywordArguments arguments)
    {
        var kept = new PyList();
        var items = PyIteration.Items(arguments["list_"]).ToList();
        foreach (var item in items)
        {
            if (!kept.Exists(other => PyEquality.AreEqual(other, item)))
            {
                kept.Add(item);
            }
        }

        var removed = items.Count - kept.Count;
        context.Log($"{removed} duplicate{ItemTexts.Plural(removed)} removed.");
        return kept;
    }

    private static object? IndexOf(IKeywordContext context, KeywordArguments arguments)
    {
        var start = Start(context, arguments, "Get Index From List") is long number ? number : 0;
        var offset = start < 0 ? Math.Max(start + Length(arguments["list_"]), 0) : start;
        var index = PyIteration.Items(Slice(arguments, start)).ToList().FindIndex(item => PyEquality.AreEqual(item, arguments["value"]));
        return index < 0 ? -1L : index + offset;
    }

    private static object? LogList(IKeywordContext context, KeywordArguments arguments)
    {
        var items = PyIteration.Items(arguments["list_"]).ToList();
        IEnumerable<string> lines = items.Count switch
        {
            0 => ["List is empty."],
            1 => ["List has one item:", PyText.Str(items[0])],
            _ => items.Select((item, i) => $"{i}: {PyText.Str(item)}").Prepend($"List length is {items.Count} and it contains following items:"),
        };
        context.Log(string.Join('\n', lines), Level(arguments));
        return null;
    }

    private static MessageLevel Level(KeywordArguments arguments) => MessageLevelExtensions.TryParse(arguments.Text("level"), out var level)
        ? level
        : throw new KeywordFailedException($"Invalid log level '{arguments.Text("level")}'.");
}
