using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Keywords;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Libraries;

/// <summary>Conversions to values with a behaviour of their own: times, dates, paths.</summary>
internal static class TypedObjects
{
    /// <summary>Converts a value; false if there is no rule for it.</summary>
    public static bool TryConvert(object? value, string kind, out object? result)
    {
        result = value;
        if (kind == "path")
        {
            result = value is string path ? new PyPath(path) : value;
            return value is string;
        }

        if (value is not string && !PyNumbers.IsNumber(value))
        {
            return false;
        }

        switch (kind)
        {
            case "timedelta":
                result = PyTimeDelta.FromSeconds(ToSeconds(value));
                return true;
            case "datetime":
                result = DateInputs.Read(TimeProvider.System.GetLocalNow(), value, null);
                return true;
            case "date":
                var time = DateInputs.Read(TimeProvider.System.GetLocalNow(), value, null).Value;
                var isNow = value is string text && text.ToUpperInvariant() is "NOW" or "TODAY";
                result = isNow || time.TimeOfDay == TimeSpan.Zero
                    ? new PyDateTime(time, isDate: true)
                    : throw PyErrorException.ValueError("Value is datetime, not date.");
                return true;
            default:
                return true;
        }
    }

    private static double ToSeconds(object? value)
    {
        if (value is string text)
        {
            return TimeStrings.TryParse(text, out var seconds, digits: null)
                ? seconds
                : throw Tracebacks.Attach(PyErrorException.ValueError($"Invalid time string '{text}'."), "");
        }

        return PyArithmetic.ToFloat(value);
    }
}
