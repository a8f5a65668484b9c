using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Methods of sets.</summary>
internal static class SetMethods
{
    public static PyMethod? Find(string typeName, string name) => name switch
    {
        "union" => (self, arguments) => Combine(self, arguments, (a, b) => a.Concat(b)),
        "intersection" => (self, arguments) => Combine(self, arguments, (a, b) => a.Where(b.Contains)),
        "difference" => (self, arguments) => Combine(self, arguments, (a, b) => a.Where(item => !b.Contains(item))),
        "symmetric_difference" => (self, arguments) => PySequenceArithmetic.CombineSets("^", self, ToSet(arguments.Expect(1, 1)[0])),
        "issubset" => (self, arguments) => ((PySet)self).All(ToSet(arguments.Expect(1, 1)[0]).Contains),
        "issuperset" => (self, arguments) => PyIteration.Items(arguments.Expect(1, 1)[0]).All(((PySet)self).Contains),
        "isdisjoint" => (self, arguments) => !PyIteration.Items(arguments.Expect(1, 1)[0]).Any(((PySet)self).Contains),
        "copy" => (self, _) => new PySet((PySet)self, ((PySet)self).IsFrozen),
        _ when typeName == "frozenset" => null,
        "add" => (self, arguments) => Change(() => ((PySet)self).Add(arguments.Expect(1, 1)[0])),
        "discard" => (self, arguments) => Change(() => ((PySet)self).Remove(arguments.Expect(1, 1)[0])),
        "remove" => (self, arguments) => ((PySet)self).Remove(arguments.Expect(1, 1)[0]) ? null : throw PyErrorException.KeyError(arguments[0]),
        "pop" => (self, arguments) => Pop((PySet)self),
        "clear" => (self, _) =>
        {
            ((PySet)self).Clear();
            return null;
        }
        ,
        "update" => (self, arguments) =>
        {
            foreach (var item in arguments.Positional.SelectMany(PyIteration.Items).ToList())
            {
                ((PySet)self).Add(item);
            }

            return null;
        }
        ,
        _ => null,
    };

    private static PySet ToSet(object? value) => value as PySet ?? new PySet(PyIteration.Items(value));

    private static PySet Combine(object self, CallArguments arguments, Func<PySet, PySet, IEnumerable<object?>> combine)
    {
        var set = (PySet)self;
        var result = new PySet(set, set.IsFrozen);
        foreach (var other in arguments.Positional)
        {
            result = new PySet(combine(result, ToSet(other)), set.IsFrozen);
        }

        return result;
    }

    private static object? Change(Func<bool> change)
    {
        _ = change();
        return null;
    }

    private static object? Pop(PySet set)
    {
        if (set.Count == 0)
        {
            throw new PyErrorException("KeyError", "'pop from an empty set'");
        }

        var item = set.First();
        set.Remove(item);
        return item;
    }
}
