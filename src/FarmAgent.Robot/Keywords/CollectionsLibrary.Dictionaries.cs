using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Making, reading and changing dictionaries.</content>
internal sealed partial class CollectionsLibrary
{
    /// <summary>The default that says that none was given.</summary>
    private const string Unset = "'<not given>'";

    private static IEnumerable<KeywordDescriptor> DictionaryKeywords() =>
    [
        Plain("Convert To Dictionary", "item: object", (_, a) => new PyDict(DictMethods.Pairs(a["item"]))),
        Plain("Set To Dictionary", "dictionary: Mapping, *key_value_pairs: object, **items: object", SetItems),
        Plain("Remove From Dictionary", "dictionary: Mapping, *keys: object", (context, a) => Remove(context, Dictionary(a), a.Varargs)),
        Plain("Pop From Dictionary", $"dictionary: Mapping, key: object, default: object={Unset}", (_, a) =>
        {
            var dict = Dictionary(a);
            return dict.Remove(a["key"], out var value) ? value : IsUnset(a["default"]) ? throw Missing(a["key"], null) : a["default"];
        }),
        Plain("Keep In Dictionary", "dictionary: Mapping, *keys: object", (context, a) =>
        {
            var dict = Dictionary(a);
            return Remove(context, dict, [.. dict.Keys.Where(key => !a.Varargs.Any(kept => PyEquality.AreEqual(kept, key)))]);
        }),
        Plain("Copy Dictionary", "dictionary: Mapping, deepcopy: bool=False", (_, a) =>
            PyTruth.Of(a["deepcopy"]) ? DeepCopies.Of(a["dictionary"]) : DictMethods.Copy(Dictionary(a))),
        Plain("Get Dictionary Keys", "dictionary: Mapping, sort_keys: bool=True", (_, a) => Keys(a)),
        Plain("Get Dictionary Values", "dictionary: Mapping, sort_keys: bool=True", (_, a) =>
            new PyList(Keys(a).Select(key => Dictionary(a)[key]))),
        Plain("Get Dictionary Items", "dictionary: Mapping, sort_keys: bool=True", (_, a) =>
            new PyList(Keys(a).SelectMany(key => (object?[])[key, Dictionary(a)[key]]))),
        Plain("Get From Dictionary", $"dictionary: Mapping, key: object, default: object={Unset}", (_, a) =>
            Dictionary(a).TryGetValue(a["key"], out var value) ? value : IsUnset(a["default"]) ? throw NoKey(a["key"]) : a["default"]),
        Plain("Log Dictionary", "dictionary: Mapping, level: str='INFO'", LogDictionary),
    ];

    private static PyDict Dictionary(KeywordArguments arguments, string name = "dictionary") => arguments[name] as PyDict
        ?? throw PyErrorException.TypeError($"'{PyTypeNames.Of(arguments[name])}' object is not a mapping");

    private static bool IsUnset(object? value) => value is string text && Unset == $"'{text}'";

    private static KeywordFailedException NoKey(object? key)
    {
        var cause = PyErrorException.KeyError(key);
        return Tracebacks.Attach(new KeywordFailedException(Missing(key, null).Message, "", cause), cause.ResultMessage);
    }

    private static KeywordFailedException Missing(object? key, string? message) =>
        Failure($"Dictionary does not contain key '{PyText.Str(key)}'.", message);

    private static PyList Keys(KeywordArguments arguments) => Keys(Dictionary(arguments), PyTruth.Of(arguments["sort_keys"]));

    /// <summary>The keys, sorted if they can be.</summary>
    private static PyList Keys(PyDict dict, bool isSorted)
    {
        try
        {
            return isSorted ? PyOrdering.Sorted(dict.Keys) : new PyList(dict.Keys);
        }
        catch (PyErrorException error) when (error.TypeName == "TypeError")
        {
            return new PyList(dict.Keys);
        }
    }

    private static object? SetItems(IKeywordContext context, KeywordArguments arguments)
    {
        if (arguments.Varargs.Count % 2 != 0)
        {
            throw PyErrorException.ValueError(
                "Adding data to a dictionary failed. There should be even number of key-value-pairs.");
        }

        var dict = Dictionary(arguments);
        for (var i = 0; i < arguments.Varargs.Count; i += 2)
        {
            dict[arguments.Varargs[i]] = arguments.Varargs[i + 1];
        }

        foreach (var (key, value) in arguments.Free)
        {
            dict[key] = value;
        }

        return dict;
    }

    private static PyDict Remove(IKeywordContext context, PyDict dict, IReadOnlyList<object?> keys)
    {
        foreach (var key in keys)
        {
            context.Log(dict.Remove(key, out var value)
                ? $"Removed item with key '{PyText.Str(key)}' and value '{PyText.Str(value)}'."
                : $"Key '{PyText.Str(key)}' not found.");
        }

        return dict;
    }

    private static object? LogDictionary(IKeywordContext context, KeywordArguments arguments)
    {
        var dict = Dictionary(arguments);
        var head = dict.Count switch
        {
            0 => "Dictionary is empty.",
            1 => "Dictionary has one item:",
            _ => $"Dictionary size is {dict.Count} and it contains following items:",
        };
        var lines = Keys(dict, isSorted: true).Select(key => $"{PyText.Str(key)}: {PyText.Str(dict[key])}");
        context.Log(string.Join('\n', lines.Prepend(head)), Level(arguments));
        return null;
    }
}
