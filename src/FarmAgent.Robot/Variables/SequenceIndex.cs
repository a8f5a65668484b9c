using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>The key behind a list or text: an integer, or a slice written <c>a:b:c</c>.</summary>
internal static class SequenceIndex
{
    /// <summary>The index or slice, or null when the key is neither.</summary>
    public static object? Parse(object? key)
    {
        switch (key)
        {
            case long or bool or System.Numerics.BigInteger or PySlice:
                return key;
            case string text:
                var parts = text.Split(':');
                if (parts.Length == 1)
                {
                    return PyNumberParser.TryInteger(text, 10, out var index) ? index : null;
                }

                if (parts.Length > 3)
                {
                    return null;
                }

                var bounds = new object?[3];
                for (var i = 0; i < parts.Length; i++)
                {
                    if (parts[i].Length > 0 && !PyNumberParser.TryInteger(parts[i], 10, out bounds[i]))
                    {
                        return null;
                    }
                }

                return parts.Length == 2 ? new PySlice(bounds[0], bounds[1], null) : new PySlice(bounds[0], bounds[1], bounds[2]);
            default:
                return null;
        }
    }
}
