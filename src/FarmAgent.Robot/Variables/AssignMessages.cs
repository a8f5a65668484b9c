using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>The message that tells which value a variable got.</summary>
internal static class AssignMessages
{
    /// <summary><c>${x} = value</c>; lists as <c>[ a | b ]</c>, dictionaries as <c>{ k=v }</c>.</summary>
    /// <param name="name">Decorated name.</param>
    /// <param name="value">What was assigned.</param>
    /// <param name="items">Items behind the name.</param>
    /// <param name="maxLength">Where the value is cut, or null for nowhere.</param>
    public static string Format(string name, object? value, IReadOnlyList<string>? items = null, int? maxLength = 200) =>
        $"{name}{string.Concat((items ?? []).Select(item => $"[{item}]"))} = {Cut(FormatValue(name, value), maxLength)}";

    /// <summary>The value cut at the limit.</summary>
    public static string Cut(string value, int? maxLength = 200)
    {
        if (maxLength is not { } limit || value.Length <= limit)
        {
            return value;
        }

        var end = PyCodePoints.ToUtf16Index(value, limit);
        return end >= value.Length ? value : value[..end] + "...";
    }

    private static string FormatValue(string name, object? value) => name[0] switch
    {
        '@' => FormatList(PyIteration.Items(value)),
        '&' when value is PyDict dict => dict.Count == 0
            ? "{ }"
            : $"{{ {string.Join(" | ", dict.Select(item => $"{PyText.InMessages(item.Key)}={PyText.InMessages(item.Value)}"))} }}",
        _ => PyText.InMessages(value),
    };

    /// <summary>A list in the form <c>[ a | b ]</c>.</summary>
    public static string FormatList(IEnumerable<object?> items)
    {
        var texts = items.Select(PyText.InMessages).ToList();
        return texts.Count == 0 ? "[ ]" : $"[ {string.Join(" | ", texts)} ]";
    }
}
