using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The modules <c>collections</c> and <c>itertools</c>, as far as suites use them.</summary>
internal static class CollectionsModule
{
    public static Dictionary<string, object?> Create() => new(StringComparer.Ordinal)
    {
        ["OrderedDict"] = new PyType("OrderedDict", CreateDictionary, "collections.OrderedDict"),
        ["Counter"] = new PyType("Counter", Count, "collections.Counter"),
    };

    public static Dictionary<string, object?> CreateItertools() => new(StringComparer.Ordinal)
    {
        ["chain"] = new PyFunction("chain", arguments => new PyGenerator("chain", arguments.Positional.SelectMany(PyIteration.Items))),
        ["repeat"] = new PyFunction("repeat", arguments => new PyGenerator(
            "repeat", EvaluationBudget.Count(Enumerable.Repeat(arguments.Expect(1, 2)[0], arguments.Integer(1, "times", int.MaxValue))))),
        ["count"] = new PyFunction("count", arguments => new PyGenerator("count", Counting(arguments.Get(0, "start", 0L), arguments.Get(1, "step", 1L)))),
        ["product"] = new PyFunction("product", arguments => new PyGenerator("product", Product([.. arguments.Positional.Select(source => PyIteration.Items(source).ToList())]))),
        ["islice"] = new PyFunction("islice", arguments => new PyGenerator("islice", Slice(arguments))),
    };

    private static PyDict CreateDictionary(CallArguments arguments)
    {
        var dict = new PyDict();
        DictMethods.Update(dict, arguments);
        return dict;
    }

    private static PyDict Count(CallArguments arguments)
    {
        var counts = new PyDict();
        foreach (var item in arguments.Count == 0 ? [] : EvaluationBudget.Count(PyIteration.Items(arguments[0])))
        {
            counts[item] = PyArithmetic.Binary("+", counts.TryGetValue(item, out var old) ? old : 0L, 1L);
        }

        return counts;
    }

    private static IEnumerable<object?> Counting(object? start, object? step)
    {
        for (var value = start; ; value = PyArithmetic.Binary("+", value, step))
        {
            yield return value;
        }
    }

    private static IEnumerable<object?> Product(List<List<object?>> sources)
    {
        IEnumerable<IEnumerable<object?>> rows = [[]];
        foreach (var source in sources)
        {
            rows = rows.SelectMany(row => source.Select(item => row.Append(item)));
        }

        return rows.Select(row => (object?)new PyTuple([.. row]));
    }

    private static IEnumerable<object?> Slice(CallArguments arguments)
    {
        var hasStart = arguments.Expect(2, 4).Count > 2;
        var start = hasStart ? arguments.Integer(1, "start", 0) : 0;
        var stop = arguments[hasStart ? 2 : 1] is null ? int.MaxValue : arguments.Integer(hasStart ? 2 : 1, "stop", 0);
        return PyIteration.Items(arguments[0]).Take(stop).Skip(start);
    }
}
