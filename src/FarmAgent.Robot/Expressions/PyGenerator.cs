using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>An iterator: gives its items once.</summary>
internal sealed class PyGenerator : IPyObject, IPyIterable
{
    private readonly IEnumerator<object?> _items;

    public PyGenerator(string typeName, IEnumerable<object?> items)
    {
        TypeName = typeName;
        _items = items.GetEnumerator();
    }

    public string TypeName { get; }

    public string Repr() => TypeName == "generator" ? "<generator object <genexpr> at 0x7f0000000000>" : $"<{TypeName} object at 0x7f0000000000>";

    /// <summary>The next item.</summary>
    public bool TryNext(out object? item)
    {
        EvaluationBudget.Step();
        var isFound = _items.MoveNext();
        item = isFound ? _items.Current : null;
        return isFound;
    }

    public IEnumerable<object?> Iterate()
    {
        while (TryNext(out var item))
        {
            yield return item;
        }
    }
}
