using System.Globalization;
using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A duration in whole microseconds.</summary>
internal sealed class PyTimeDelta : IPyObject, IPyArithmetic, IPyComparable
{
    private const long MicrosPerDay = 86_400_000_000;

    public PyTimeDelta(BigInteger micros)
    {
        var days = PyArithmetic.FloorDivide(micros, MicrosPerDay);
        if (days < -999_999_999 || days > 999_999_999)
        {
            throw new PyErrorException("OverflowError", $"days={days}; must have magnitude <= 999999999");
        }

        Micros = micros;
    }

    public BigInteger Micros { get; }

    public double TotalSeconds => PyArithmetic.TrueDivide(Micros, 1_000_000);

    public string TypeName => "timedelta";

    public bool IsTrue => !Micros.IsZero;

    private long Days => (long)PyArithmetic.FloorDivide(Micros, MicrosPerDay);

    private long Rest => (long)(Micros - ((BigInteger)Days * MicrosPerDay));

    /// <summary>Seconds rounded half to even to microseconds.</summary>
    public static PyTimeDelta FromSeconds(double seconds) => new(FromUnits(seconds, 1_000_000));

    public static object Create(CallArguments arguments)
    {
        (string Name, long Micros)[] units =
        [
            ("days", MicrosPerDay), ("seconds", 1_000_000), ("microseconds", 1), ("milliseconds", 1000), ("minutes", 60_000_000),
            ("hours", 3_600_000_000), ("weeks", 7 * MicrosPerDay),
        ];
        arguments.Expect(0, units.Length);
        var total = BigInteger.Zero;
        for (var i = 0; i < units.Length; i++)
        {
            var value = arguments.Get(i, units[i].Name, 0L);
            total += PyNumbers.TryGetInteger(value, out var whole)
                ? whole * units[i].Micros
                : FromUnits(PyArithmetic.ToFloat(value), units[i].Micros);
        }

        return new PyTimeDelta(total);
    }

    public string Repr()
    {
        var (days, seconds, micros) = (Days, Rest / 1_000_000, Rest % 1_000_000);
        var parts = new List<string>();
        AddPart(parts, "days", days);
        AddPart(parts, "seconds", seconds);
        AddPart(parts, "microseconds", micros);
        return $"datetime.timedelta({(parts.Count == 0 ? "0" : string.Join(", ", parts))})";
    }

    public string Str()
    {
        var (seconds, micros) = (Rest / 1_000_000, Rest % 1_000_000);
        var days = Days == 0 ? string.Empty : $"{Days} day{(Math.Abs(Days) == 1 ? "" : "s")}, ";
        return $"{days}{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}{(micros > 0 ? $".{micros:000000}" : "")}";
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "days" => Days,
            "seconds" => Rest / 1_000_000,
            "microseconds" => Rest % 1_000_000,
            "total_seconds" => new PyFunction(name, _ => TotalSeconds, TypeName),
            _ => null,
        };
        return value is not null;
    }

    public bool TryBinary(string symbol, object? other, bool isReversed, out object? result)
    {
        result = (symbol, other) switch
        {
            ("+", PyTimeDelta delta) => new PyTimeDelta(Micros + delta.Micros),
            ("-", PyTimeDelta delta) => new PyTimeDelta(isReversed ? delta.Micros - Micros : Micros - delta.Micros),
            ("/", PyTimeDelta delta) when !isReversed => PyArithmetic.TrueDivide(Micros, delta.Micros),
            ("//", PyTimeDelta delta) when !isReversed => PyNumbers.Normalize(PyArithmetic.FloorDivide(Micros, delta.Micros)),
            ("%", PyTimeDelta delta) when !isReversed => new PyTimeDelta(Micros - (PyArithmetic.FloorDivide(Micros, delta.Micros) * delta.Micros)),
            ("*", long or bool or BigInteger) => new PyTimeDelta(Micros * CallArguments.BigInteger(other)),
            ("*", double factor) => new PyTimeDelta(Round((double)Micros * factor)),
            ("/", long or double) when !isReversed => new PyTimeDelta(Round((double)Micros / PyArithmetic.ToFloat(other))),
            ("//", long divisor) when !isReversed => new PyTimeDelta(PyArithmetic.FloorDivide(Micros, divisor)),
            _ => null,
        };
        return result is not null;
    }

    public bool TryUnary(string symbol, out object? result)
    {
        result = symbol switch
        {
            "-" => new PyTimeDelta(-Micros),
            "+" => this,
            "abs" => new PyTimeDelta(BigInteger.Abs(Micros)),
            _ => null,
        };
        return result is not null;
    }

    public int? CompareWith(object? other) => other is PyTimeDelta delta ? Micros.CompareTo(delta.Micros) : null;

    public override bool Equals(object? obj) => obj is PyTimeDelta other && other.Micros == Micros;

    public override int GetHashCode() => Micros.GetHashCode();

    private static BigInteger FromUnits(double value, long micros)
    {
        var whole = Math.Truncate(value);
        return (new BigInteger(whole) * micros) + Round((value - whole) * micros);
    }

    private static BigInteger Round(double value) => new(Math.Round(value, MidpointRounding.ToEven));

    private static void AddPart(List<string> parts, string name, long value)
    {
        if (value != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
        }
    }
}
