using System.Collections;

namespace FarmAgent.Robot.Values;

/// <summary>A Python set or frozenset; iterates in order of insertion.</summary>
public sealed class PySet : IEnumerable<object?>
{
    private readonly PyDict _items = new();

    /// <summary>A set of the given items.</summary>
    /// <param name="items">Hashable values; repeated ones count once.</param>
    /// <param name="isFrozen">Whether it is a frozenset.</param>
    public PySet(IEnumerable<object?> items, bool isFrozen = false)
    {
        IsFrozen = isFrozen;
        foreach (var item in items)
        {
            Add(item);
        }
    }

    /// <summary>Whether this is a frozenset, which can be hashed.</summary>
    public bool IsFrozen { get; }

    /// <summary>How many items there are.</summary>
    public int Count => _items.Count;

    /// <summary>Adds an item.</summary>
    /// <param name="item">A hashable value.</param>
    /// <returns>False when it was there before.</returns>
    public bool Add(object? item)
    {
        if (_items.ContainsKey(item))
        {
            return false;
        }

        _items[item] = null;
        return true;
    }

    /// <summary>Whether an item is present.</summary>
    /// <param name="item">A hashable value.</param>
    public bool Contains(object? item) => _items.ContainsKey(item);

    /// <summary>Takes an item out.</summary>
    /// <param name="item">A hashable value.</param>
    /// <returns>False when it was not there.</returns>
    public bool Remove(object? item) => _items.Remove(item, out _);

    /// <summary>Takes everything out.</summary>
    public void Clear() => _items.Clear();

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => _items.Keys.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
