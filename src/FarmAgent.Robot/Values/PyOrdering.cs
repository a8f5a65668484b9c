namespace FarmAgent.Robot.Values;

/// <summary>Python's <c>&lt; &lt;= &gt; &gt;=</c>.</summary>
internal static class PyOrdering
{
    /// <summary>Compares two values for one operator.</summary>
    /// <exception cref="PyErrorException">TypeError when the two have no order.</exception>
    public static bool Compare(object? left, object? right, string symbol)
    {
        if (left is PySet leftSet && right is PySet rightSet)
        {
            return CompareSets(leftSet, rightSet, symbol);
        }

        if (left is double.NaN || right is double.NaN)
        {
            if (PyNumbers.IsNumber(left) && PyNumbers.IsNumber(right))
            {
                return false;
            }
        }

        var order = TryCompare(left, right, symbol)
            ?? throw PyErrorException.TypeError(
                $"'{symbol}' not supported between instances of '{PyTypeNames.InErrors(left)}' and '{PyTypeNames.InErrors(right)}'");
        return symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>The order that <c>sorted()</c> uses.</summary>
    public static int Compare(object? left, object? right) => Compare(left, right, "<") ? -1 : Compare(right, left, "<") ? 1 : 0;

    /// <summary>Sorts like <c>list.sort()</c>: stable, by <c>&lt;</c> alone.</summary>
    public static PyList Sorted(IEnumerable<object?> items, Func<object?, object?>? key = null, bool isReversed = false)
    {
        var keyed = items.Select(item => (Key: key is null ? item : key(item), Item: item)).ToList();
        if (keyed.Count > 1 && keyed.Count < 4096)
        {
            // Python's insertion phase compares each item with its predecessor first; the first pair without order names both types.
            for (var i = 1; i < keyed.Count; i++)
            {
                _ = Compare(keyed[i].Key, keyed[i - 1].Key, "<");
            }
        }

        var comparer = Comparer<object?>.Create(Compare);
        var sorted = isReversed ? keyed.OrderByDescending(pair => pair.Key, comparer) : keyed.OrderBy(pair => pair.Key, comparer);
        return new PyList(sorted.Select(pair => pair.Item));
    }

    private static int? TryCompare(object? left, object? right, string symbol)
    {
        if (PyNumbers.IsNumber(left) && PyNumbers.IsNumber(right))
        {
            return CompareNumbers(left, right);
        }

        return (left, right) switch
        {
            (string a, string b) => CompareText(a, b),
            (byte[] or PyByteArray, byte[] or PyByteArray) => PyBytes.Of(left).SequenceCompareTo(PyBytes.Of(right)),
            (PyList a, PyList b) => CompareItems(a, b, symbol),
            (PyTuple a, PyTuple b) => CompareItems(a, b, symbol),
            (IPyComparable a, _) => a.CompareWith(right),
            (_, IPyComparable b) => -b.CompareWith(left),
            _ => null,
        };
    }

    private static int CompareNumbers(object left, object right)
    {
        var leftIsInteger = PyNumbers.TryGetInteger(left, out var leftInteger);
        var rightIsInteger = PyNumbers.TryGetInteger(right, out var rightInteger);
        return (leftIsInteger, rightIsInteger) switch
        {
            (true, true) => leftInteger.CompareTo(rightInteger),
            (true, false) => PyNumbers.CompareExactly(leftInteger, (double)right),
            (false, true) => -PyNumbers.CompareExactly(rightInteger, (double)left),
            _ => ((double)left).CompareTo((double)right),
        };
    }

    /// <summary>By code point: UTF-16 order differs above the surrogates.</summary>
    private static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
            {
                return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a.CompareTo(b);
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int? CompareItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right, string symbol)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!PyEquality.AreEqual(left[i], right[i]))
            {
                return Compare(left[i], right[i], symbol is "<" or "<=" ? "<" : ">") == symbol is "<" or "<=" ? -1 : 1;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    private static bool CompareSets(PySet left, PySet right, string symbol) => symbol switch
    {
        "<" => left.Count < right.Count && left.All(right.Contains),
        "<=" => left.All(right.Contains),
        ">" => right.Count < left.Count && right.All(left.Contains),
        _ => right.All(left.Contains),
    };
}
