using System.Globalization;

namespace FarmAgent.Cli;

/// <summary>Durations as people type them: <c>90</c> and <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>250ms</c>.</summary>
internal static class DurationText
{
    /// <summary>Reads a duration.</summary>
    /// <exception cref="UsageException">Not a duration, or negative (<c>BAD_DURATION</c>).</exception>
    public static TimeSpan Parse(string text)
    {
        var total = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        while (rest.Length > 0)
        {
            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
            {
                digits++;
            }

            var letters = digits;
            while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
            {
                letters++;
            }

            if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || UnitOf(rest[digits..letters]) is not { } unit || number * unit.TotalSeconds > TimeSpan.FromDays(1000).TotalSeconds)
            {
                throw Bad(text);
            }

            total += unit * number;
            rest = rest[letters..];
        }

        return text.AsSpan().Trim().Length > 0 ? total : throw Bad(text);
    }

    /// <summary>Prints one decimal of the unit that fits: <c>0.31 s</c>, <c>3.2 s</c>, <c>2 min 05 s</c>.</summary>
    public static string Format(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes:00} min"),
    };

    private static TimeSpan? UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "s" => TimeSpan.FromSeconds(1),
        "us" => TimeSpan.FromMicroseconds(1),
        "ms" => TimeSpan.FromMilliseconds(1),
        "m" or "min" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => null,
    };

    private static UsageException Bad(string text) =>
        new("BAD_DURATION", $"'{text}' is not a duration. Write for example 30s, 10m or 1h30m.");
}
