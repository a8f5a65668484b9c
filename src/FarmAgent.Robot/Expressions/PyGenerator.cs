using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>An iterator: gives its items once.</summary>
internal sealed class PyGenerator : IPyObject, IPyIterable
{
    // An endless generator outside an expression, as the values of a loop, would fill the memory before any timeout is looked at.
    private const int MaxItems = 2_000_000;

    private readonly IEnumerator<object?> _items;
    private int _given;

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
        if (++_given > MaxItems)
        {
            throw new PyErrorException("MemoryError", $"a generator gave more than {MaxItems} items");
        }

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
