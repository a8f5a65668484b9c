using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Durations as keywords return them.</summary>
internal static class TimeResults
{
    public static object Convert(double seconds, KeywordArguments a)
    {
        var hasMillis = !PyTruth.Of(a["exclude_millis"]);
        seconds = hasMillis ? seconds : Math.Round(seconds, MidpointRounding.ToEven);
        return a.Text("result_format").ToLowerInvariant() switch
        {
            "number" => seconds,
            "verbose" => TimeStrings.Format(seconds),
            "compact" => TimeStrings.Format(seconds, compact: true),
            "timer" => Timer(seconds, hasMillis),
            "timedelta" => PyTimeDelta.FromSeconds(seconds),
            _ => throw PyErrorException.ValueError($"Unknown format '{a.Text("result_format")}'."),
        };
    }

    private static string Timer(double seconds, bool hasMillis)
    {
        var sign = seconds < 0 ? "-" : string.Empty;
        var millis = (long)Math.Round(DecimalDigits.Round(Math.Abs(seconds), 3) * 1000, MidpointRounding.ToEven);
        var whole = millis / 1000;
        var text = $"{sign}{whole / 3600:00}:{whole / 60 % 60:00}:{whole % 60:00}";
        return hasMillis ? $"{text}.{millis % 1000:000}" : text;
    }
}
