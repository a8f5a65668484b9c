using System.Globalization;

namespace FarmAgent.Agent.Configuration;

/// <summary>Durations as people write them: a whole number and its unit.</summary>
internal static class ConfigDuration
{
    /// <summary>Reads <c>250ms</c>, <c>30s</c>, <c>10m</c> or <c>1h</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration on success; never negative.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        TimeSpan? unit = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        duration = unit is { } one ? one * number : default;
        return unit is not null;
    }
}
