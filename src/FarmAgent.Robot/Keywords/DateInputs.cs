using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Dates as keywords take them: timestamps, numbers, NOW, objects.</summary>
internal static class DateInputs
{
    public static PyDateTime Read(IKeywordContext context, object? value, string? format) => Read(context.Clock.Now, value, format);

    public static PyDateTime Read(DateTimeOffset now, object? value, string? format)
    {
        switch (value)
        {
            case PyDateTime date:
                return date.IsDate ? new PyDateTime(date.Value) : date;
            case string text:
                return new PyDateTime(Parse(now, text, format));
        }

        if (!PyNumbers.TryGetDouble(value, out var seconds))
        {
            throw PyErrorException.ValueError($"Unsupported input '{PyText.Str(value)}'.");
        }

        var utc = DateTimeOffset.UnixEpoch.AddTicks((long)(PyTimeDelta.FromSeconds(seconds).Micros * TimeSpan.TicksPerMicrosecond));
        return new PyDateTime(utc.ToOffset(TimeZoneInfo.Local.GetUtcOffset(utc)).DateTime);
    }

    private static DateTime Parse(DateTimeOffset now, string text, string? format)
    {
        if (text.ToUpperInvariant() is "NOW" or "TODAY")
        {
            return now.DateTime;
        }

        if (!string.IsNullOrEmpty(format))
        {
            return PyTimeFormat.Parse(text, format);
        }

        var digits = string.Concat(text.Where(char.IsDigit));
        if (digits.Length is < 8 or > 20)
        {
            throw PyErrorException.ValueError($"Invalid timestamp '{text}'.");
        }

        var time = digits[8..].PadRight(12, '0');
        var normal = $"{digits[..4]}-{digits[4..6]}-{digits[6..8]} {time[..2]}:{time[2..4]}:{time[4..6]}.{time[6..]}";
        return PyTimeFormat.Parse(normal, "%Y-%m-%d %H:%M:%S.%f");
    }
}
