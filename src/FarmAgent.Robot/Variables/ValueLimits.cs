using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>How large the value of one variable may be: a suite that doubles a text again and again shall fail, not take the board with it.</summary>
internal static class ValueLimits
{
    /// <summary>Characters of a text.</summary>
    private const int MaxText = 64_000_000;

    /// <summary>Items of a list.</summary>
    private const int MaxItems = 10_000_000;

    /// <summary>Joins texts.</summary>
    /// <exception cref="PyErrorException">MemoryError: the result would be too large.</exception>
    public static string Join(string separator, IReadOnlyList<string> parts)
    {
        var length = (long)separator.Length * Math.Max(parts.Count - 1, 0);
        foreach (var part in parts)
        {
            length += part.Length;
        }

        return length <= MaxText ? string.Join(separator, parts) : throw TooLarge();
    }

    /// <summary>Checks a value that is about to be kept.</summary>
    /// <exception cref="PyErrorException">MemoryError: it is too large.</exception>
    public static void Check(object? value)
    {
        if (value is string { Length: > MaxText } or byte[] { Length: > MaxText } or PyList { Count: > MaxItems })
        {
            throw TooLarge();
        }
    }

    /// <summary>Items as long as there are not too many.</summary>
    /// <exception cref="PyErrorException">MemoryError: there are too many.</exception>
    public static IEnumerable<object?> Items(IEnumerable<object?> items)
    {
        var count = 0;
        foreach (var item in items)
        {
            if (++count > MaxItems)
            {
                throw TooLarge();
            }

            yield return item;
        }
    }

    private static PyErrorException TooLarge() => new("MemoryError", string.Empty);
}
