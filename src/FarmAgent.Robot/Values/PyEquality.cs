using System.Numerics;

namespace FarmAgent.Robot.Values;

/// <summary>Python's <c>==</c> and <c>hash()</c>.</summary>
public static class PyEquality
{
    /// <summary>Whether two values are equal as Python sees it: <c>1 == 1.0 == True</c>, containers by content, text never equals bytes.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other.</param>
    public static bool AreEqual(object? left, object? right) => AreEqual(left, right, 0);

    /// <summary>A hash that agrees with <see cref="AreEqual(object?, object?)"/>.</summary>
    /// <param name="value">Any value.</param>
    /// <exception cref="PyErrorException">TypeError for lists, dictionaries, sets and bytearrays.</exception>
    public static int Hash(object? value) => value switch
    {
        null => 0x1_234_567,
        string text => string.GetHashCode(text, StringComparison.Ordinal),
        long number => number.GetHashCode(),
        int number => ((long)number).GetHashCode(),
        bool flag => flag ? 1L.GetHashCode() : 0L.GetHashCode(),
        BigInteger number => number.GetHashCode(),
        double number => HashOfDouble(number),
        byte[] bytes => HashOfItems(bytes.Select(item => (object?)(long)item), 3),
        PyTuple tuple => HashOfItems(tuple, 5),
        PySet { IsFrozen: true } set => set.Aggregate(7, (hash, item) => hash ^ Hash(item)),
        PyList or PyDict or PySet or PyByteArray => throw PyErrorException.TypeError($"unhashable type: '{PyTypeNames.Of(value)}'"),
        _ => value.GetHashCode(),
    };

    private static bool AreEqual(object? left, object? right, int depth)
    {
        if (ReferenceEquals(left, right))
        {
            return left is not double.NaN;
        }

        if (left is null || right is null)
        {
            return false;
        }

        if (depth > PyText.MaxDepth)
        {
            throw new PyErrorException("RecursionError", "maximum recursion depth exceeded in comparison");
        }

        if (PyNumbers.IsNumber(left) && PyNumbers.IsNumber(right))
        {
            return NumbersAreEqual(left, right);
        }

        return (left, right) switch
        {
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (byte[] or PyByteArray, byte[] or PyByteArray) => PyBytes.Of(left).SequenceEqual(PyBytes.Of(right)),
            (PyList a, PyList b) => ItemsAreEqual(a, b, depth),
            (PyTuple a, PyTuple b) => ItemsAreEqual(a, b, depth),
            (PyDict a, PyDict b) => DictionariesAreEqual(a, b, depth),
            (PySet a, PySet b) => a.Count == b.Count && a.All(b.Contains),
            (PyRange a, PyRange b) => a.Length == b.Length && a.SequenceEqual(b, ItemComparer.Instance),
            (string or PyList or PyTuple or PyDict or PySet, string or PyList or PyTuple or PyDict or PySet) => false,
            _ => left.Equals(right),
        };
    }

    private static bool NumbersAreEqual(object left, object right)
    {
        if (left is long a && right is long b)
        {
            return a == b;
        }

        var leftIsInteger = PyNumbers.TryGetInteger(left, out var leftInteger);
        var rightIsInteger = PyNumbers.TryGetInteger(right, out var rightInteger);
        if (leftIsInteger && rightIsInteger)
        {
            return leftInteger == rightInteger;
        }

        if (!leftIsInteger && !rightIsInteger)
        {
            return (double)left == (double)right;
        }

        var real = leftIsInteger ? (double)right : (double)left;
        return !double.IsNaN(real) && PyNumbers.CompareExactly(leftIsInteger ? leftInteger : rightInteger, real) == 0;
    }

    private static bool ItemsAreEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right, int depth)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!ReferenceEquals(left[i], right[i]) && !AreEqual(left[i], right[i], depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private static bool DictionariesAreEqual(PyDict left, PyDict right, int depth) =>
        left.Count == right.Count
        && left.All(item => right.TryGetValue(item.Key, out var other) && AreEqual(item.Value, other, depth + 1));

    private static int HashOfDouble(double value)
    {
        if (!double.IsFinite(value) || value != Math.Floor(value))
        {
            return value.GetHashCode();
        }

        return Math.Abs(value) < 9e18 ? ((long)value).GetHashCode() : Hash(PyNumbers.Normalize(new BigInteger(value)));
    }

    private static int HashOfItems(IEnumerable<object?> items, int seed) =>
        items.Aggregate(seed, (hash, item) => HashCode.Combine(hash, Hash(item)));

    private sealed class ItemComparer : IEqualityComparer<object?>
    {
        public static readonly ItemComparer Instance = new();

        public new bool Equals(object? x, object? y) => AreEqual(x, y);

        public int GetHashCode(object? obj) => Hash(obj);
    }
}
