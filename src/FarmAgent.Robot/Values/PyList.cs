namespace FarmAgent.Robot.Values;

/// <summary>A Python list: mutable, compared by content in expressions, the same object wherever a variable refers to it.</summary>
public sealed class PyList : List<object?>
{
    /// <summary>An empty list.</summary>
    public PyList()
    {
    }

    /// <summary>A list of the given items.</summary>
    /// <param name="items">The items, copied.</param>
    public PyList(IEnumerable<object?> items)
        : base(items)
    {
    }
}
