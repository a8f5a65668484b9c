using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FarmAgent.Robot.Values;

/// <summary>
/// A Python dictionary: keeps the order of insertion, keys compare as in Python (<c>1</c>, <c>1.0</c> and <c>True</c> are one key) and
/// may be None.
/// </summary>
public class PyDict : IEnumerable<KeyValuePair<object?, object?>>
{
    private readonly OrderedDictionary<PyKey, object?> _items = [];

    /// <summary>An empty dictionary.</summary>
    public PyDict()
    {
    }

    /// <summary>A dictionary of the given pairs; a later pair wins over an earlier one of the same key.</summary>
    /// <param name="items">The pairs.</param>
    public PyDict(IEnumerable<KeyValuePair<object?, object?>> items)
    {
        foreach (var (key, value) in items)
        {
            this[key] = value;
        }
    }

    /// <summary>How many keys there are.</summary>
    public int Count => _items.Count;

    /// <summary>The keys in order of insertion.</summary>
    public IEnumerable<object?> Keys => _items.Keys.Select(key => key.Value);

    /// <summary>The values in order of insertion of their keys.</summary>
    public IEnumerable<object?> Values => _items.Values;

    /// <summary>The value of a key.</summary>
    /// <param name="key">A hashable value.</param>
    /// <exception cref="PyErrorException">KeyError when reading a missing key, TypeError for a key that cannot be hashed.</exception>
    public object? this[object? key]
    {
        get => TryGetValue(key, out var value) ? value : throw PyErrorException.KeyError(key);
        set => _items[new PyKey(key)] = Adopt(value);
    }

    /// <summary>Reads the value of a key that may be missing.</summary>
    /// <param name="key">A hashable value.</param>
    /// <param name="value">Its value.</param>
    public bool TryGetValue(object? key, [MaybeNullWhen(false)] out object? value) => _items.TryGetValue(new PyKey(key), out value);

    /// <summary>Whether a key is present.</summary>
    /// <param name="key">A hashable value.</param>
    public bool ContainsKey(object? key) => _items.ContainsKey(new PyKey(key));

    /// <summary>Takes a key out.</summary>
    /// <param name="key">A hashable value.</param>
    /// <param name="value">The value it had.</param>
    /// <returns>False when it was not there.</returns>
    public bool Remove(object? key, out object? value) => _items.Remove(new PyKey(key), out value);

    /// <summary>Takes everything out.</summary>
    public void Clear() => _items.Clear();

    /// <summary>The pair that was inserted last.</summary>
    public KeyValuePair<object?, object?> Last()
    {
        var (key, value) = _items.GetAt(_items.Count - 1);
        return new(key.Value, value);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator() =>
        _items.Select(item => new KeyValuePair<object?, object?>(item.Key.Value, item.Value)).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What is stored for a value that is put in: the value itself.</summary>
    /// <param name="value">The value.</param>
    protected virtual object? Adopt(object? value) => value;

    private readonly struct PyKey : IEquatable<PyKey>
    {
        private readonly int _hash;

        public PyKey(object? value)
        {
            Value = value;
            _hash = PyEquality.Hash(value);
        }

        public object? Value { get; }

        public bool Equals(PyKey other) => _hash == other._hash && PyEquality.AreEqual(Value, other.Value);

        public override bool Equals(object? obj) => obj is PyKey other && Equals(other);

        public override int GetHashCode() => _hash;
    }
}
