using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Built-in functions that give iterators.</summary>
internal static class PyIterators
{
    public static object Zip(CallArguments arguments)
    {
        var sources = arguments.Positional.Select(PyIteration.Items).ToList();
        return new PyGenerator("zip", Run(sources, PyTruth.Of(arguments.Named.GetValueOrDefault("strict"))));
    }

    public static object Map(CallArguments arguments)
    {
        if (arguments.Positional.Count < 2)
        {
            throw PyErrorException.TypeError("map() must have at least two arguments.");
        }

        var sources = arguments.Positional.Skip(1).Select(PyIteration.Items).ToList();
        return new PyGenerator("map", Run(sources, isStrict: false).Select(items => PyCalls.Call(arguments[0], [.. (PyTuple)items!])));
    }

    public static object Filter(CallArguments arguments)
    {
        var function = arguments.Expect(2, 2)[0];
        return new PyGenerator("filter", PyIteration.Items(arguments[1])
            .Where(item => PyTruth.Of(function is null ? item : PyCalls.Call(function, [item]))));
    }

    public static object Reversed(CallArguments arguments)
    {
        var source = arguments.Expect(1, 1)[0];
        return source is string or byte[] or PyByteArray or PyList or PyTuple or PyRange or PyDict or PyDictView
            ? new PyGenerator(source is PyList ? "list_reverseiterator" : "reversed", PyIteration.Items(source).Reverse().ToList())
            : throw PyErrorException.TypeError($"'{PyTypeNames.Of(source)}' object is not reversible");
    }

    private static IEnumerable<object?> Run(List<IEnumerable<object?>> sources, bool isStrict)
    {
        var running = sources.ConvertAll(source => source.GetEnumerator());
        while (running.Count > 0)
        {
            EvaluationBudget.Step();
            var items = new object?[running.Count];
            for (var i = 0; i < running.Count; i++)
            {
                if (!running[i].MoveNext())
                {
                    if (isStrict && (i > 0 || running.Skip(1).Any(other => other.MoveNext())))
                    {
                        throw PyErrorException.ValueError(
                            i > 0 ? $"zip() argument {i + 1} is shorter than argument {i}" : "zip() argument 2 is longer than argument 1");
                    }

                    yield break;
                }

                items[i] = running[i].Current;
            }

            yield return new PyTuple(items);
        }
    }
}
