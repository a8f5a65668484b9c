using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Durations that keywords take as time strings or numbers.</summary>
internal static class KeywordTimes
{
    /// <summary>Seconds, or null for no limit: None, zero or nothing.</summary>
    public static double? Seconds(object? value)
    {
        if (value is PyTimeDelta delta)
        {
            return delta.IsTrue ? delta.TotalSeconds : null;
        }

        if (value is string text)
        {
            return TimeStrings.TryParse(text, out var parsed) && parsed != 0 ? parsed : null;
        }

        return PyNumbers.TryGetDouble(value, out var seconds) && seconds != 0 ? seconds : null;
    }
}
