using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary><c>+</c> and <c>*</c> on sequences, the operators of sets and dictionaries.</summary>
internal static class PySequenceArithmetic
{
    public static object? Add(object? left, object? right)
    {
        switch (left, right)
        {
            case (string a, string b):
                EvaluationBudget.Allocate(a.Length + (long)b.Length);
                return a + b;
            case (PyList a, PyList b):
                EvaluationBudget.Allocate(a.Count + (long)b.Count);
                return new PyList([.. a, .. b]);
            case (PyTuple a, PyTuple b):
                return new PyTuple([.. a, .. b]);
            case (byte[] or PyByteArray, byte[] or PyByteArray):
                byte[] joined = [.. PyBytes.Of(left), .. PyBytes.Of(right)];
                return left is byte[]? joined : new PyByteArray(joined);
        }

        throw left switch
        {
            string => PyErrorException.TypeError($"can only concatenate str (not \"{PyTypeNames.Of(right)}\") to str"),
            PyList => PyErrorException.TypeError($"can only concatenate list (not \"{PyTypeNames.Of(right)}\") to list"),
            PyTuple => PyErrorException.TypeError($"can only concatenate tuple (not \"{PyTypeNames.Of(right)}\") to tuple"),
            byte[] or PyByteArray => PyErrorException.TypeError($"can't concat {PyTypeNames.Of(right)} to {PyTypeNames.Of(left)}"),
            _ => PyArithmetic.Unsupported("+", left, right),
        };
    }

    public static object? Multiply(object? left, object? right)
    {
        if (!IsSequence(left))
        {
            (left, right) = IsSequence(right) ? (right, left) : throw PyArithmetic.Unsupported("*", left, right);
        }

        if (!PyNumbers.TryGetInteger(right, out var number))
        {
            throw PyErrorException.TypeError($"can't multiply sequence by non-int of type '{PyTypeNames.Of(right)}'");
        }

        var length = left switch
        {
            string text => text.Length,
            PyList list => list.Count,
            PyTuple tuple => tuple.Count,
            _ => PyBytes.Of(left!).Length,
        };
        number = number < 0 ? 0 : number;
        EvaluationBudget.Allocate(number * length);
        var count = (int)System.Numerics.BigInteger.Min(number, length == 0 ? 0 : int.MaxValue);
        return left switch
        {
            string text => string.Concat(Enumerable.Repeat(text, count)),
            PyList list => new PyList(Enumerable.Repeat(list, count).SelectMany(items => items)),
            PyTuple tuple => new PyTuple([.. Enumerable.Repeat(tuple, count).SelectMany(items => items)]),
            byte[] bytes => Enumerable.Repeat(bytes, count).SelectMany(items => items).ToArray(),
            _ => new PyByteArray(Enumerable.Repeat(((PyByteArray)left!).Content, count).SelectMany(items => items)),
        };
    }

    public static object? CombineSets(string symbol, object? left, object? right)
    {
        if (symbol == "|" && left is PyDict first && right is PyDict second)
        {
            return first is DotDict ? new DotDict(first.Concat(second)) : new PyDict(first.Concat(second));
        }

        if (AsSet(left) is not { } a || AsSet(right) is not { } b)
        {
            throw PyArithmetic.Unsupported(symbol, left, right);
        }

        return new PySet(
            symbol switch
            {
                "|" => a.Concat(b),
                "&" => a.Where(b.Contains),
                "-" => a.Where(item => !b.Contains(item)),
                _ => a.Where(item => !b.Contains(item)).Concat(b.Where(item => !a.Contains(item))),
            },
            a.IsFrozen);
    }

    private static PySet? AsSet(object? value) => value switch
    {
        PySet set => set,
        PyDictView { IsSet: true } view => new PySet(view.Iterate()),
        _ => null,
    };

    private static bool IsSequence(object? value) => value is string or PyList or PyTuple or byte[] or PyByteArray;
}
