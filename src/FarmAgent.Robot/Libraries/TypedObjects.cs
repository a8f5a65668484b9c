using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Libraries;

/// <summary>Conversions to values with a behaviour of their own: times, dates, paths.</summary>
internal static class TypedObjects
{
    /// <summary>Converts a value; false if there is no rule for it.</summary>
    public static bool TryConvert(object? value, string kind, out object? result)
    {
        // Text stays text: the keywords that take these types read it themselves.
        result = value;
        switch (kind)
        {
            case "timedelta" when value is string text:
                return TimeStrings.TryParse(text, out _)
                    ? true
                    : throw PyErrorException.ValueError($"Invalid time string '{text}'.");
            case "timedelta":
                return value is long or double or System.Numerics.BigInteger;
            case "path":
                return value is string;
            default:
                return value is string or long or double;
        }
    }
}
