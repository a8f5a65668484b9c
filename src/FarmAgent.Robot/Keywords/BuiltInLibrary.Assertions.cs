using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Should … about conditions, containers and lengths.</summary>
internal sealed partial class BuiltInLibrary
{
    private const string Norm =
        "ignore_case: bool=False, strip_spaces: Literal['LEADING', 'TRAILING'] | bool=False, collapse_spaces: bool=False";

    private static IEnumerable<KeywordDescriptor> Assertions() =>
    [
        Assertion("Should Be True", "condition, msg: str | None=None", (context, a) =>
            Check(IsTrue(context, a["condition"]), a, $"'{Text(a["condition"])}' should be true.")),
        Assertion("Should Not Be True", "condition, msg: str | None=None", (context, a) =>
            Check(!IsTrue(context, a["condition"]), a, $"'{Text(a["condition"])}' should not be true.")),
        Assertion("Should Contain", $"container: Collection, item, msg: str | None=None, values: bool=True, {Norm}", (context, a) =>
        {
            var (container, item) = Contained(context, a, a["item"]);
            CheckPair(context, Contains(context, container, item), a, a["container"], $"'{Text(item)}'", "does not contain");
        }),
        Assertion("Should Not Contain", $"container: Collection, item, msg: str | None=None, values: bool=True, {Norm}", (context, a) =>
        {
            var (container, item) = Contained(context, a, a["item"]);
            CheckPair(context, !Contains(context, container, item), a, a["container"], $"'{Text(item)}'", "contains");
        }),
        Assertion(
            "Should Contain Any",
            $"container: Collection, *items, msg: str | None=None, values: bool=True, {Norm}",
            (context, a) => CheckAny(context, a, wanted: true)),
        Assertion(
            "Should Not Contain Any",
            $"container: Collection, *items, msg: str | None=None, values: bool=True, {Norm}",
            (context, a) => CheckAny(context, a, wanted: false)),
        Assertion("Should Contain X Times", $"container: Collection, item, count: int, msg: str | None=None, {Norm}", (context, a) =>
        {
            var count = a["count"];
            var (container, item) = Contained(context, a, a["item"]);
            var found = Count(context, container, item);
            LogTypes(context, found, count);
            var message = $"{PyText.Repr(a["container"])} contains '{Text(item)}' {found} time{Plural(found)}, "
                + $"not {Text(count)} time{(count is 1L ? "" : "s")}.";
            Check(PyEquality.AreEqual(found, count), a, message);
        }),
        Plain("Get Count", "container: Collection, item", (context, a) => Count(context, a["container"], a["item"])),
        Plain("Get Length", "item: Sized", (context, a) => Length(context, a["item"])),
        Assertion("Length Should Be", "item: Collection, length: int, msg: str | None=None", (context, a) =>
        {
            var length = Length(context, a["item"]);
            Check(PyEquality.AreEqual(length, a["length"]), a, $"Length of '{Text(a["item"])}' should be {Text(a["length"])} but is {length}.");
        }),
        Assertion("Should Be Empty", "item: Collection, msg: str | None=None", (context, a) =>
            Check(Length(context, a["item"]) == 0, a, $"'{Text(a["item"])}' should be empty.")),
        Assertion("Should Not Be Empty", "item: Collection, msg: str | None=None", (context, a) =>
            Check(Length(context, a["item"]) > 0, a, $"'{Text(a["item"])}' should not be empty.")),
    ];

    private static void Check(bool holds, KeywordArguments arguments, string message)
    {
        if (!holds)
        {
            throw Failed(string.IsNullOrEmpty(arguments.OptionalText("msg")) ? message : arguments.Text("msg"));
        }
    }

    // The message of the caller stands before or instead of the standard one.
    private static void CheckPair(IKeywordContext context, bool holds, KeywordArguments arguments, object? first, string second, string relation)
    {
        var values = WithValues(context, arguments["values"]);
        if (holds)
        {
            return;
        }

        var message = arguments.OptionalText("msg");
        var standard = $"'{Text(first)}' {relation} {second}";
        throw Failed(string.IsNullOrEmpty(message) ? standard : values ? $"{message}: {standard}" : message);
    }

    private static bool WithValues(IKeywordContext context, object? values)
    {
        if (values is string text && text.Equals("NO VALUES", StringComparison.OrdinalIgnoreCase))
        {
            context.Log($"Using '{text}' for disabling the 'values' argument is deprecated. Use 'values=False' instead.", MessageLevel.Warn);
            return false;
        }

        return PyTruth.Of(values);
    }

    private static bool Contains(IKeywordContext context, object? container, object? item) =>
        PythonTruth(context, "item in container", ("item", item), ("container", container));

    private static (object? Container, object? Item) Contained(IKeywordContext context, KeywordArguments arguments, object? item)
    {
        var container = arguments["container"];
        if (PyBytes.IsBytes(container))
        {
            item = EnsureBytes(context, item);
        }

        var normalizer = ValueNormalizer.From(arguments);
        return (normalizer.Normalize(container, mappingToList: true), normalizer.Normalize(item));
    }

    private static void CheckAny(IKeywordContext context, KeywordArguments arguments, bool wanted)
    {
        if (arguments.Varargs.Count == 0)
        {
            throw Failed("One or more item required.");
        }

        var pairs = arguments.Varargs.Select(item => Contained(context, arguments, item)).ToList();
        var any = pairs.Exists(pair => Contains(context, pair.Container, pair.Item));
        var items = ErrorList.Quote(pairs.Select(pair => Text(pair.Item)), " or ");
        CheckPair(context, any == wanted, arguments, arguments["container"], items, wanted ? "does not contain any of" : "contains one or more of");
    }

    private static object? EnsureBytes(IKeywordContext context, object? value) => PyBytes.IsBytes(value)
        ? value
        : Scope(context).Suite.Services.Converter.Convert(value, Scope(context).Suite.Services.Converter.Type("bytes"), "Argument", null);

    private static long Count(IKeywordContext context, object? container, object? item)
    {
        object? count;
        if (container is string or byte[] or PyByteArray or PyList or PyTuple or PyRange)
        {
            count = Python(context, "container.count(item)", ("container", container), ("item", item));
        }
        else
        {
            try
            {
                container = new PyList(PyIteration.Items(container));
            }
            catch (KeywordFailedException error)
            {
                throw Tracebacks.Attach(
                    new KeywordFailedException($"Converting '{Text(container)}' to list failed: {error.ResultMessage}", "", error), error.ResultMessage);
            }

            count = Python(context, "container.count(item)", ("container", container), ("item", item));
        }

        var found = count is long number ? number : 0;
        context.Log($"Item found from container {found} time{Plural(found)}.");
        return found;
    }

    // What the original also tries, in this order.
    private static readonly string[] LengthNames = ["length", "size", "length"];

    private static long Length(IKeywordContext context, object? item)
    {
        try
        {
            var length = (long)Python(context, "len(item)", ("item", item))!;
            context.Log($"Length is {length}.");
            return length;
        }
        catch (KeywordFailedException error)
        {
            var type = PyTypeNames.InErrors(item);
            throw Tracebacks.Attach(
                new KeywordFailedException($"Could not get length of '{Text(item)}'.", "", error),
                Tracebacks.Chain([error.ResultMessage, .. LengthNames.Select(name => $"AttributeError: '{type}' object has no attribute '{name}'")]));
        }
    }

    private static void LogTypes(IKeywordContext context, object? first, object? second) => context.Log(
        $"Argument types are:\n<class '{PyTypeNames.Qualified(first)}'>\n<class '{PyTypeNames.Qualified(second)}'>",
        PyTypeNames.Qualified(first) == PyTypeNames.Qualified(second) ? MessageLevel.Debug : MessageLevel.Info);
}
