namespace FarmAgent.Robot.Values;

/// <summary>The items of anything that Python can iterate over.</summary>
public static class PyIteration
{
    /// <summary>The items of a value.</summary>
    /// <param name="value">A list, tuple, dictionary (keys), set, text (characters), bytes (numbers) or iterable object.</param>
    /// <exception cref="PyErrorException">TypeError when it cannot be iterated over.</exception>
    public static IEnumerable<object?> Items(object? value) =>
        TryGetItems(value) ?? throw PyErrorException.TypeError($"'{PyTypeNames.Of(value)}' object is not iterable");

    /// <summary>The items of a value, or null when it cannot be iterated over.</summary>
    /// <param name="value">Any value.</param>
    public static IEnumerable<object?>? TryGetItems(object? value) => value switch
    {
        string text => PyCodePoints.Split(text),
        PyList list => ItemsOfList(list),
        PyTuple tuple => tuple,
        PyDict dict => dict.Keys,
        PySet set => set,
        PyRange range => range,
        byte[] bytes => bytes.Select(item => (object?)(long)item),
        PyByteArray bytes => bytes.Content.Select(item => (object?)(long)item),
        IPyIterable other => other.Iterate(),
        _ => null,
    };

    /// <summary>Whether Robot treats the value as a list: it can be iterated over and is neither text nor bytes.</summary>
    /// <param name="value">Any value.</param>
    public static bool IsListLike(object? value) => value is not (string or byte[] or PyByteArray) && TryGetItems(value) is not null;

    /// <summary>A list may grow while it is walked through, as in Python.</summary>
    private static IEnumerable<object?> ItemsOfList(PyList list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            yield return list[i];
        }
    }
}
