using System.Diagnostics.CodeAnalysis;

namespace FarmAgent.Robot.Variables;

/// <summary>A dictionary by normalized names that keeps the first spelling of each; walks through them in normalized order.</summary>
internal sealed class NormalizedDictionary<T>
{
    private readonly string _ignored;
    private readonly Dictionary<string, (string Name, T Value)> _items;

    public NormalizedDictionary(string ignored = "")
    {
        _ignored = ignored;
        _items = new(StringComparer.Ordinal);
    }

    private NormalizedDictionary(NormalizedDictionary<T> other)
    {
        _ignored = other._ignored;
        _items = new(other._items, StringComparer.Ordinal);
    }

    public int Count => _items.Count;

    /// <summary>Names as first spelled, ordered by their normalized form.</summary>
    public IEnumerable<string> Names => Items.Select(item => item.Name);

    public IEnumerable<(string Name, T Value)> Items =>
        _items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => item.Value).ToList();

    public T this[string name]
    {
        get => _items[Normalize(name)].Value;
        set
        {
            var key = Normalize(name);
            _items[key] = (_items.TryGetValue(key, out var old) ? old.Name : name, value);
        }
    }

    public bool Contains(string name) => _items.ContainsKey(Normalize(name));

    public bool TryGet(string name, [MaybeNullWhen(false)] out T value)
    {
        var isFound = _items.TryGetValue(Normalize(name), out var item);
        value = item.Value;
        return isFound;
    }

    public bool Remove(string name) => _items.Remove(Normalize(name));

    public void Clear() => _items.Clear();

    public NormalizedDictionary<T> Copy() => new(this);

    private string Normalize(string name) => NormalizedNames.Normalize(name, _ignored);
}
