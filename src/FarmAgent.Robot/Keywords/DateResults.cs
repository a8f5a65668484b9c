using System.Globalization;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Dates as keywords return them.</summary>
internal static class DateResults
{
    public static object Convert(PyDateTime date, KeywordArguments a)
    {
        var format = a.Text("result_format");
        var hasMillis = !PyTruth.Of(a["exclude_millis"]);
        var time = date.Value;
        if (!hasMillis)
        {
            var whole = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond));
            time = time.Ticks % TimeSpan.TicksPerSecond >= TimeSpan.TicksPerSecond / 2 ? whole.AddSeconds(1) : whole;
        }

        if (format.Contains('%'))
        {
            return PyTimeFormat.Format(time, format);
        }

        return format.ToLowerInvariant() switch
        {
            "timestamp" => Timestamp(time, hasMillis),
            "datetime" => new PyDateTime(time),
            "date" => new PyDateTime(time, isDate: true),
            "epoch" => new PyDateTime(time).Epoch(),
            var other => throw PyErrorException.ValueError($"Unknown format '{other}'."),
        };
    }

    private static string Timestamp(DateTime time, bool hasMillis)
    {
        if (!hasMillis)
        {
            return time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        }

        var micros = time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var millis = (long)Math.Round(micros / 1000.0, MidpointRounding.ToEven);
        time = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond)).AddMilliseconds(millis);
        return time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }
}
