using System.Collections.Frozen;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Methods of lists and tuples.</summary>
internal static class ListMethods
{
    public static readonly FrozenDictionary<string, PyMethod> List = new Dictionary<string, PyMethod>
    {
        ["append"] = (self, arguments) => Nothing(() => ((PyList)self).Add(arguments.Expect(1, 1)[0])),
        ["extend"] = (self, arguments) =>
            Nothing(() => ((PyList)self).AddRange(EvaluationBudget.Count(PyIteration.Items(arguments.Expect(1, 1)[0])).ToList())),
        ["insert"] = (self, arguments) => Insert((PyList)self, arguments.Expect(2, 2)),
        ["remove"] = (self, arguments) => Remove((PyList)self, arguments.Expect(1, 1)[0]),
        ["pop"] = (self, arguments) => Pop((PyList)self, arguments.Expect(0, 1)),
        ["clear"] = (self, _) => Nothing(((PyList)self).Clear),
        ["copy"] = (self, _) => new PyList((PyList)self),
        ["reverse"] = (self, _) => Nothing(((PyList)self).Reverse),
        ["sort"] = (self, arguments) => Sort((PyList)self, arguments),
        ["index"] = (self, arguments) => Index((PyList)self, arguments, "{0} is not in list"),
        ["count"] = (self, arguments) => Count((PyList)self, arguments.Expect(1, 1)[0]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, PyMethod> Tuple = new Dictionary<string, PyMethod>
    {
        ["index"] = (self, arguments) => Index((PyTuple)self, arguments, "tuple.index(x): x not in tuple"),
        ["count"] = (self, arguments) => Count((PyTuple)self, arguments.Expect(1, 1)[0]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static object? Nothing(Action action)
    {
        action();
        return null;
    }

    private static object? Insert(PyList list, CallArguments arguments)
    {
        var index = CallArguments.BigInteger(arguments[0]);
        index = index < 0 ? index + list.Count : index;
        list.Insert((int)System.Numerics.BigInteger.Max(0, System.Numerics.BigInteger.Min(list.Count, index)), arguments[1]);
        return null;
    }

    private static object? Remove(PyList list, object? item)
    {
        var index = list.FindIndex(other => PyEquality.AreEqual(other, item));
        if (index < 0)
        {
            throw PyErrorException.ValueError("list.remove(x): x not in list");
        }

        list.RemoveAt(index);
        return null;
    }

    private static object? Pop(PyList list, CallArguments arguments)
    {
        if (list.Count == 0)
        {
            throw PyErrorException.IndexError("pop from empty list");
        }

        var index = PySubscript.Index(arguments.Get(0, "index", -1L), list.Count, "list", "pop index out of range");
        var item = list[index];
        list.RemoveAt(index);
        return item;
    }

    private static object? Sort(PyList list, CallArguments arguments)
    {
        arguments.Expect(0, 2);
        var sorted = PyOrdering.Sorted(
            list, PyCalls.AsKey(arguments.Named.GetValueOrDefault("key")), PyTruth.Of(arguments.Named.GetValueOrDefault("reverse")));
        list.Clear();
        list.AddRange(sorted);
        return null;
    }

    private static object Index(IReadOnlyList<object?> items, CallArguments arguments, string missing)
    {
        arguments.Expect(1, 3);
        var (start, stop, _) = new PySlice(arguments.Get(1, "start"), arguments.Get(2, "stop"), null).Bounds(items.Count);
        for (var i = start; i < stop; i++)
        {
            if (PyEquality.AreEqual(items[i], arguments[0]))
            {
                return (long)i;
            }
        }

        throw PyErrorException.ValueError(string.Format(null, missing, PyText.Repr(arguments[0])));
    }

    private static object Count(IEnumerable<object?> items, object? item) => (long)items.Count(other => PyEquality.AreEqual(other, item));
}
