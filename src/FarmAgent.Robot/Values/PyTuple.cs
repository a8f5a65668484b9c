using System.Collections;

namespace FarmAgent.Robot.Values;

/// <summary>A Python tuple: an immutable sequence.</summary>
public sealed class PyTuple : IReadOnlyList<object?>
{
    /// <summary>The tuple without items.</summary>
    public static readonly PyTuple Empty = new([]);

    private readonly object?[] _items;

    /// <summary>A tuple of the given items.</summary>
    /// <param name="items">The items, not copied.</param>
    public PyTuple(params object?[] items)
    {
        _items = items;
    }

    /// <summary>How many items there are.</summary>
    public int Count => _items.Length;

    /// <summary>One item.</summary>
    /// <param name="index">From zero, not negative.</param>
    public object? this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)_items).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
