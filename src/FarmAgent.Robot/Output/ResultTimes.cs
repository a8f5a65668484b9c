using System.Globalization;

namespace FarmAgent.Robot.Output;

/// <summary>Times as the result files have them.</summary>
internal static class ResultTimes
{
    /// <summary>Local time, <c>2024-01-31T12:00:00.123456</c>; empty when it was never set.</summary>
    public static string Iso(DateTimeOffset time) =>
        time == default ? string.Empty : time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Iso"/> with a space between date and time.</summary>
    public static string Spaced(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>Local time as results had it before version 5 of the schema, <c>20240131 12:00:00.123</c>.</summary>
    public static string Legacy(DateTimeOffset time) => time.ToString("yyyyMMdd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan elapsed, int digits) =>
        elapsed.TotalSeconds.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Writes seconds with six digits behind the point.</summary>
    public static void WriteSeconds(Utf8Output output, TimeSpan elapsed)
    {
        var microseconds = (long)Math.Round(elapsed.TotalMicroseconds, MidpointRounding.AwayFromZero);
        var (seconds, fraction) = Math.DivRem(Math.Abs(microseconds), 1_000_000);
        if (microseconds < 0)
        {
            output.Write("-"u8);
        }

        output.Write(seconds);
        Span<byte> digits = stackalloc byte[7];
        digits[0] = (byte)'.';
        for (var i = digits.Length - 1; i > 0; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            digits[i] = (byte)('0' + digit);
        }

        output.Write(digits);
    }

    /// <summary>Hours, minutes, seconds, milliseconds: <c>00:01:02.345</c>.</summary>
    public static string Clock(TimeSpan elapsed) => ((int)elapsed.TotalHours).ToString("00", CultureInfo.InvariantCulture)
        + elapsed.ToString(@"\:mm\:ss\.fff", CultureInfo.InvariantCulture);
}
