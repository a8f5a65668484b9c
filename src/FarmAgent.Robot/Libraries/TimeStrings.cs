using System.Globalization;
using System.Text;

namespace FarmAgent.Robot.Libraries;

/// <summary>Time strings of the language: <c>1 min 30 s</c>, <c>01:30</c>, <c>90</c>.</summary>
public static class TimeStrings
{
    private static readonly (string[] Names, double Seconds, double Parts)[] Units =
    [
        (["w", "week", "weeks"], 604_800, 1), (["d", "day", "days"], 86_400, 1), (["h", "hour", "hours"], 3600, 1),
        (["m", "min", "mins", "minute", "minutes"], 60, 1), (["s", "sec", "secs", "second", "seconds"], 1, 1),
        (["ms", "milli", "millis", "millisecond", "milliseconds"], 1, 1e3), (["us", "μs", "µs", "micro", "micros", "microsecond", "microseconds"], 1, 1e6),
        (["ns", "nano", "nanos", "nanosecond", "nanoseconds"], 1, 1e9),
    ];

    /// <summary>Reads a time string as seconds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seconds">Seconds, rounded to <paramref name="digits"/> places.</param>
    /// <param name="digits">Decimal places, or <see langword="null"/> for no rounding.</param>
    public static bool TryParse(string text, out double seconds, int? digits = 3)
    {
        seconds = 0;
        if (!TryNumber(text, out seconds) && !TryTimer(text, out seconds) && !TryUnits(text, out seconds))
        {
            return false;
        }

        seconds = digits is { } places ? Round(seconds, places) : seconds;
        return true;
    }

    /// <summary>Seconds rounded half to even at a number of decimal places, as the original does.</summary>
    public static double Round(double seconds, int digits) =>
        double.IsFinite(seconds) && Math.Abs(seconds) < 1e15 ? (double)Math.Round((decimal)seconds, digits, MidpointRounding.ToEven) : seconds;

    /// <summary>Text such as <c>1 minute 2 seconds</c>.</summary>
    public static string Format(double seconds, bool compact = false)
    {
        var parts = Split(seconds, out var negative);
        string[] names = compact ? ["d", "h", "min", "s", "ms"] : [" day", " hour", " minute", " second", " millisecond"];
        var text = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == 0)
            {
                continue;
            }

            text.Append(text.Length > 0 ? " " : "").Append(parts[i].ToString(CultureInfo.InvariantCulture)).Append(names[i]);
            text.Append(!compact && parts[i] != 1 ? "s" : "");
        }

        return text.Length == 0 ? (compact ? "0s" : "0 seconds") : (negative ? "- " : "") + text;
    }

    /// <summary>Days, hours, minutes, seconds, milliseconds.</summary>
    public static long[] Split(double seconds, out bool negative)
    {
        negative = seconds < 0;
        var millis = (long)Math.Round(Math.Abs(seconds) * 1000, MidpointRounding.ToEven);
        return [millis / 86_400_000, millis / 3_600_000 % 24, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000];
    }

    private static bool TryNumber(string text, out double seconds) =>
        double.TryParse(text.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out seconds)
        && double.IsFinite(seconds);

    private static bool TryTimer(string text, out double seconds)
    {
        seconds = 0;
        var trimmed = text.Trim();
        var sign = 1;
        if (trimmed.Length > 0 && trimmed[0] is '-' or '+')
        {
            sign = trimmed[0] == '-' ? -1 : 1;
            trimmed = trimmed[1..].TrimStart();
        }

        var dot = trimmed.IndexOf('.', StringComparison.Ordinal);
        var fraction = dot < 0 ? "" : trimmed[(dot + 1)..];
        var fields = (dot < 0 ? trimmed : trimmed[..dot]).Split(':');
        if (fields.Length is < 2 or > 3 || (dot >= 0 && (fraction.Length == 0 || !fraction.All(char.IsAsciiDigit))))
        {
            return false;
        }

        foreach (var field in fields)
        {
            if (field.Length == 0 || !field.All(char.IsAsciiDigit))
            {
                return false;
            }

            seconds = (seconds * 60) + double.Parse(field, CultureInfo.InvariantCulture);
        }

        seconds += fraction.Length > 0 ? double.Parse("0." + fraction, CultureInfo.InvariantCulture) : 0;
        seconds *= sign;
        return true;
    }

    private static bool TryUnits(string text, out double seconds)
    {
        seconds = 0;
        var rest = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
        var negative = rest.StartsWith('-');
        rest = negative ? rest[1..] : rest;
        var last = -1;
        var seen = new HashSet<int>();
        for (var i = 0; i < rest.Length;)
        {
            var number = i;
            while (number < rest.Length && (char.IsAsciiDigit(rest[number]) || rest[number] is '.' or '_'))
            {
                number++;
            }

            var unit = number;
            while (unit < rest.Length && !char.IsAsciiDigit(rest[unit]) && rest[unit] is not ('.' or '-'))
            {
                unit++;
            }

            var index = Array.FindIndex(Units, candidate => candidate.Names.Contains(rest[number..unit]));
            if (index < 0 || !seen.Add(index) || !TryNumber(rest[i..number], out var amount))
            {
                return false;
            }

            seconds += amount * Units[index].Seconds / Units[index].Parts;
            (i, last) = (unit, index);
        }

        seconds = negative ? -seconds : seconds;
        return last >= 0;
    }
}
