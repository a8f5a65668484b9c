using System.Globalization;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A point in time without time zone, in microseconds; or only its date.</summary>
internal sealed class PyDateTime(DateTime value, bool isDate = false) : IPyObject, IPyArithmetic, IPyComparable, IPyFormattable
{
    private const long TicksPerMicro = TimeSpan.TicksPerMicrosecond;

    public DateTime Value { get; } = isDate ? value.Date : new DateTime(value.Ticks - (value.Ticks % TicksPerMicro));

    public bool IsDate { get; } = isDate;

    public string TypeName => IsDate ? "date" : "datetime";

    private long Micros => Value.Ticks % TimeSpan.TicksPerSecond / TicksPerMicro;

    public static object Create(CallArguments arguments, bool isDate)
    {
        arguments.Expect(3, isDate ? 3 : 7);
        int Part(int index, string name, int low, int high)
        {
            var number = arguments.Integer(index, name, 0);
            return number >= low && number <= high
                ? number
                : throw PyErrorException.ValueError(index is 0 or > 2
                    ? index == 0 ? $"year {number} is out of range" : $"{name} must be in {low}..{high}"
                    : index == 1 ? "month must be in 1..12" : "day is out of range for month");
        }

        var (year, month) = (Part(0, "year", 1, 9999), Part(1, "month", 1, 12));
        var date = new DateTime(year, month, Part(2, "day", 1, DateTime.DaysInMonth(year, month)), 0, 0, 0, DateTimeKind.Unspecified);
        return new PyDateTime(
            date + new TimeSpan(0, Part(3, "hour", 0, 23), Part(4, "minute", 0, 59), Part(5, "second", 0, 59))
                + TimeSpan.FromTicks(Part(6, "microsecond", 0, 999_999) * TicksPerMicro),
            isDate);
    }

    public string Repr()
    {
        var parts = new List<string> { $"{Value.Year}", $"{Value.Month}", $"{Value.Day}" };
        if (!IsDate)
        {
            parts.AddRange([$"{Value.Hour}", $"{Value.Minute}"]);
            if (Value.Second != 0 || Micros != 0)
            {
                parts.Add($"{Value.Second}");
            }

            if (Micros != 0)
            {
                parts.Add($"{Micros}");
            }
        }

        return $"datetime.{TypeName}({string.Join(", ", parts)})";
    }

    public string Str() => Iso(" ");

    public string Format(string specification) => specification.Length == 0 ? Str() : PyTimeFormat.Format(Value, specification);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "year" => (long)Value.Year,
            "month" => (long)Value.Month,
            "day" => (long)Value.Day,
            "hour" when !IsDate => (long)Value.Hour,
            "minute" when !IsDate => (long)Value.Minute,
            "second" when !IsDate => (long)Value.Second,
            "microsecond" when !IsDate => Micros,
            "isoformat" => new PyFunction(name, arguments => Iso(arguments.Get(0, "sep", "T") as string ?? "T"), TypeName),
            "strftime" => new PyFunction(name, arguments => PyTimeFormat.Format(Value, arguments.Expect(1, 1).Text(0, "format")), TypeName),
            "weekday" => new PyFunction(name, _ => (long)(((int)Value.DayOfWeek + 6) % 7), TypeName),
            "isoweekday" => new PyFunction(name, _ => (long)((((int)Value.DayOfWeek + 6) % 7) + 1), TypeName),
            "toordinal" => new PyFunction(name, _ => (Value.Ticks / TimeSpan.TicksPerDay) + 1, TypeName),
            "date" when !IsDate => new PyFunction(name, _ => new PyDateTime(Value, isDate: true), TypeName),
            "timestamp" when !IsDate => new PyFunction(name, _ => Epoch(), TypeName),
            "replace" => new PyFunction(name, Replace, TypeName),
            _ => null,
        };
        return value is not null;
    }

    public bool TryBinary(string symbol, object? other, bool isReversed, out object? result)
    {
        result = (symbol, other) switch
        {
            ("+", PyTimeDelta delta) => Shift(delta, 1),
            ("-", PyTimeDelta delta) when !isReversed => Shift(delta, -1),
            ("-", PyDateTime date) when !isReversed && date.IsDate == IsDate => new PyTimeDelta((Value - date.Value).Ticks / TicksPerMicro),
            _ => null,
        };
        return result is not null;
    }

    public bool TryUnary(string symbol, out object? result)
    {
        result = null;
        return false;
    }

    public int? CompareWith(object? other) => other is PyDateTime date && date.IsDate == IsDate ? Value.CompareTo(date.Value) : null;

    /// <summary>Seconds since 1970 in the local time zone.</summary>
    public double Epoch() => PyArithmetic.TrueDivide(
        (new DateTimeOffset(Value, TimeZoneInfo.Local.GetUtcOffset(Value)) - DateTimeOffset.UnixEpoch).Ticks / TicksPerMicro, 1_000_000);

    public override bool Equals(object? obj) => obj is PyDateTime other && other.IsDate == IsDate && other.Value == Value;

    public override int GetHashCode() => Value.GetHashCode();

    private string Iso(string separator)
    {
        var date = Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return IsDate ? date : date + separator + Value.ToString(Micros == 0 ? "HH:mm:ss" : "HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
    }

    private PyDateTime Shift(PyTimeDelta delta, int sign)
    {
        var ticks = Value.Ticks + (delta.Micros * TicksPerMicro * sign);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new PyDateTime(new DateTime((long)ticks), IsDate)
            : throw new PyErrorException("OverflowError", "date value out of range");
    }

    private object Replace(CallArguments arguments)
    {
        string[] names = IsDate ? ["year", "month", "day"] : ["year", "month", "day", "hour", "minute", "second", "microsecond"];
        var values = names.Select((name, i) => arguments.Has(i, name)
            ? arguments.Get(i, name)
            : TryGetAttribute(name, out var old) ? old : 0L).ToList();
        return Create(new CallArguments("replace", values, new Dictionary<string, object?>()), IsDate);
    }
}
