using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The comparison operators, membership and identity.</summary>
internal static class PyComparison
{
    public static object? Compare(string symbol, object? left, object? right) => symbol switch
    {
        "==" => AreEqual(left, right),
        "!=" => !AreEqual(left, right),
        "in" => Contains(right, left),
        "not in" => !Contains(right, left),
        "is" => AreIdentical(left, right),
        "is not" => !AreIdentical(left, right),
        _ => PyOrdering.Compare(left, right, symbol),
    };

    /// <summary><c>item in container</c>.</summary>
    public static bool Contains(object? container, object? item)
    {
        switch (container)
        {
            case string text:
                return item is string part
                    ? text.Contains(part, StringComparison.Ordinal)
                    : throw PyErrorException.TypeError($"'in <string>' requires string as left operand, not {PyTypeNames.Of(item)}");
            case PyDict dict:
                return dict.ContainsKey(item);
            case PySet set:
                return set.Contains(item is PySet { IsFrozen: false } inner ? new PySet(inner, isFrozen: true) : item);
            case PyDictView view:
                return view.Contains(item);
            case PyRange range when PyNumbers.TryGetInteger(item, out var number):
                return number >= long.MinValue && number <= long.MaxValue && range.Contains((long)number);
            case byte[] or PyByteArray:
                return BytesContain(container, item);
            default:
                var items = PyIteration.TryGetItems(container)
                    ?? throw PyErrorException.TypeError($"argument of type '{PyTypeNames.Of(container)}' is not iterable");
                return EvaluationBudget.Count(items).Any(other => ReferenceEquals(item, other) || PyEquality.AreEqual(item, other));
        }
    }

    private static bool AreEqual(object? left, object? right)
    {
        EvaluationBudget.Step();
        return left is PyDictView ? left.Equals(right) : right is PyDictView ? right.Equals(left) : PyEquality.AreEqual(left, right);
    }

    private static bool BytesContain(object container, object? item)
    {
        if (PyNumbers.TryGetInteger(item, out var number))
        {
            return number >= 0 && number < 256
                ? PyBytes.Of(container).Contains((byte)number)
                : throw PyErrorException.ValueError("byte must be in range(0, 256)");
        }

        return PyBytes.IsBytes(item)
            ? PyBytes.Of(container).IndexOf(PyBytes.Of(item!)) >= 0
            : throw PyErrorException.TypeError($"a bytes-like object is required, not '{PyTypeNames.Of(item)}'");
    }

    /// <summary>Values without own identity are the same when they are of one type and equal.</summary>
    private static bool AreIdentical(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (bool a, bool b) => a == b,
        (long a, long b) => a == b,
        (BigInteger a, BigInteger b) => a == b,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (double a, double b) => a.Equals(b),
        (PyTuple { Count: 0 }, PyTuple { Count: 0 }) => true,
        (PyType a, PyType b) => a.Equals(b),
        _ => ReferenceEquals(left, right),
    };
}
