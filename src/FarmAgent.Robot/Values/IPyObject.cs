namespace FarmAgent.Robot.Values;

/// <summary>A value that is none of the plain kinds (None, text, numbers, bytes, list, tuple, dictionary, set) but has its own behaviour.</summary>
public interface IPyObject
{
    /// <summary>Python's type name, for example <c>timedelta</c>.</summary>
    string TypeName { get; }

    /// <summary>What Python's <c>repr()</c> would give.</summary>
    string Repr();

    /// <summary>What Python's <c>str()</c> would give; the same as <see cref="Repr"/> unless overridden.</summary>
    string Str() => Repr();

    /// <summary>The truth value; true unless overridden.</summary>
    bool IsTrue => true;

    /// <summary>Reads an attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False when there is no such attribute.</returns>
    bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Writes an attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>False when the object does not take it.</returns>
    bool TrySetAttribute(string name, object? value) => false;
}

/// <summary>An object that can be called.</summary>
public interface IPyCallable
{
    /// <summary>Calls it.</summary>
    /// <param name="arguments">Positional arguments.</param>
    /// <param name="named">Named arguments.</param>
    /// <returns>What it returns; null is None.</returns>
    object? Call(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named);
}

/// <summary>An object that gives items one after the other.</summary>
public interface IPyIterable
{
    /// <summary>The items, in order.</summary>
    IEnumerable<object?> Iterate();
}

/// <summary>An object with items behind square brackets.</summary>
public interface IPyIndexable
{
    /// <summary>Reads one item.</summary>
    /// <param name="key">Index or key.</param>
    object? GetItem(object? key);

    /// <summary>How many items there are.</summary>
    int Count { get; }
}

/// <summary>An object whose items can be set.</summary>
public interface IPyItemAssignable
{
    /// <summary>Sets one item.</summary>
    /// <param name="key">Index or key.</param>
    /// <param name="value">Its new value.</param>
    void SetItem(object? key, object? value);
}

/// <summary>An object that orders itself against others.</summary>
public interface IPyComparable
{
    /// <summary>Compares with another value.</summary>
    /// <param name="other">The other value.</param>
    /// <returns>Negative, zero or positive; null when the two have no order.</returns>
    int? CompareWith(object? other);
}
