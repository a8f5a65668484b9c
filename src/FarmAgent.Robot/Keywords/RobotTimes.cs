using System.Globalization;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Points in time as Get Time takes and gives them: seconds since 1970.</summary>
internal static class RobotTimes
{
    private static readonly string[] Parts = ["year", "month", "day", "hour", "min", "sec"];

    /// <summary>Reads a time: epoch, timestamp, or NOW or UTC with something added.</summary>
    public static double Parse(object? value, DateTimeOffset now)
    {
        switch (value)
        {
            case long number:
                return CheckEpoch(number);
            case double real:
                return CheckEpoch(real);
        }

        var text = PyText.InMessages(value);
        if (PyNumberParser.TryFloat(text, out var epoch))
        {
            return CheckEpoch(epoch);
        }

        if (TryTimestamp(text, now.Offset, out epoch) || TryRelative(text, now, out epoch))
        {
            return epoch;
        }

        throw PyErrorException.ValueError($"Invalid time format '{text}'.");
    }

    /// <summary>Gives a time in the format of Get Time.</summary>
    public static object Format(string format, double epoch, TimeSpan offset)
    {
        var lower = format.ToLowerInvariant();
        if (lower.Contains("epoch", StringComparison.Ordinal))
        {
            return (long)Math.Floor(epoch);
        }

        var time = DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(epoch)).ToOffset(offset);
        string[] values =
        [
            time.ToString("yyyy", CultureInfo.InvariantCulture), time.ToString("MM", CultureInfo.InvariantCulture),
            time.ToString("dd", CultureInfo.InvariantCulture), time.ToString("HH", CultureInfo.InvariantCulture),
            time.ToString("mm", CultureInfo.InvariantCulture), time.ToString("ss", CultureInfo.InvariantCulture),
        ];
        var wanted = Enumerable.Range(0, Parts.Length).Where(i => lower.Contains(Parts[i], StringComparison.Ordinal)).ToList();
        return wanted.Count switch
        {
            0 => $"{values[0]}-{values[1]}-{values[2]} {values[3]}:{values[4]}:{values[5]}",
            1 => values[wanted[0]],
            _ => new PyList(wanted.Select(i => (object?)values[i])),
        };
    }

    private static double CheckEpoch(double epoch) => epoch >= 0
        ? epoch
        : throw PyErrorException.ValueError($"Epoch time must be positive, got '{PyText.Str(epoch == Math.Floor(epoch) ? (object)(long)epoch : epoch)}'.");

    private static bool TryTimestamp(string text, TimeSpan offset, out double epoch)
    {
        epoch = 0;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length is < 8 or > 20 || text.Any(char.IsLetter))
        {
            return false;
        }

        digits = digits.PadRight(14, '0');
        if (!DateTime.TryParseExact(digits[..14], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        epoch = new DateTimeOffset(time, offset).ToUnixTimeSeconds();
        return true;
    }

    private static bool TryRelative(string text, DateTimeOffset now, out double epoch)
    {
        epoch = 0;
        var normal = text.Trim();
        var word = normal.Length >= 3 ? normal[..3].ToUpperInvariant() : "";
        if (word is not ("NOW" or "UTC"))
        {
            return false;
        }

        var start = now.ToUnixTimeSeconds() - (word == "UTC" ? now.Offset.TotalSeconds : 0);
        var rest = normal[3..].Trim();
        if (rest.Length == 0)
        {
            epoch = start;
            return true;
        }

        if (rest[0] is not ('+' or '-'))
        {
            return false;
        }

        if (!TimeStrings.TryParse(rest[1..], out var seconds))
        {
            throw PyErrorException.ValueError($"Invalid time string '{rest[1..].Trim()}'.");
        }

        epoch = start + (rest[0] == '+' ? seconds : -seconds);
        return true;
    }
}
