using System.Globalization;
using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Running;

/// <summary>
/// The numbers of a FOR IN RANGE loop, worked out one by one: a range costs nothing however long it is. With floats among its limits it counts
/// in units of the last decimal that any of them is written with, so that 0.1 three times is 0.3.
/// </summary>
internal sealed class NumberRange
{
    private readonly BigInteger _start;
    private readonly BigInteger _step;
    private readonly int? _decimals;

    private NumberRange(BigInteger start, BigInteger stop, BigInteger step, int? decimals)
    {
        if (step.IsZero)
        {
            throw PyErrorException.ValueError("range() arg 3 must not be zero");
        }

        (_start, _step, _decimals) = (start, step, decimals);
        var span = step.Sign > 0 ? stop - start : start - stop;
        var count = span.Sign <= 0 ? BigInteger.Zero : (span + BigInteger.Abs(step) - 1) / BigInteger.Abs(step);
        Count = count <= long.MaxValue
            ? (long)count
            : throw new PyErrorException("OverflowError", "Python int too large to convert to C ssize_t");
    }

    /// <summary>How many numbers there are.</summary>
    public long Count { get; }

    /// <summary>The number at a place.</summary>
    public object this[long index]
    {
        get
        {
            var value = _start + (index * _step);
            return _decimals is { } decimals
                ? double.Parse(string.Create(CultureInfo.InvariantCulture, $"{value}e-{decimals}"), NumberStyles.Float, CultureInfo.InvariantCulture)
                : PyNumbers.Normalize(value);
        }
    }

    /// <summary>A range over whole numbers and floats.</summary>
    /// <exception cref="PyErrorException">The step is zero, or a limit is not finite.</exception>
    public static NumberRange Create(object start, object stop, object step)
    {
        object[] limits = [start, stop, step];
        if (!Array.Exists(limits, limit => limit is double))
        {
            return new NumberRange(Whole(start), Whole(stop), Whole(step), null);
        }

        var decimals = limits.Max(Decimals);
        return new NumberRange(Scaled(start, decimals), Scaled(stop, decimals), Scaled(step, decimals), decimals);
    }

    private static BigInteger Whole(object number) => number is long value ? value : (BigInteger)number;

    // Digits behind the point in the shortest form that reads back as the same number.
    private static int Decimals(object number)
    {
        if (number is not double value || value == 0)
        {
            return 0;
        }

        var (digits, exponent) = PyFloatText.ShortestDigits(Math.Abs(Finite(value)));
        return Math.Max(0, digits.Length - 1 - exponent);
    }

    private static BigInteger Scaled(object number, int decimals)
    {
        if (number is not double value)
        {
            return Whole(number) * BigInteger.Pow(10, decimals);
        }

        if (value == 0)
        {
            return BigInteger.Zero;
        }

        var (digits, exponent) = PyFloatText.ShortestDigits(Math.Abs(value));
        var whole = BigInteger.Parse(digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, decimals - (digits.Length - 1 - exponent));
        return value < 0 ? -whole : whole;
    }

    private static double Finite(double value) => double.IsNaN(value) ? throw PyErrorException.ValueError("cannot convert float NaN to integer")
        : double.IsInfinity(value) ? throw new PyErrorException("OverflowError", "cannot convert float infinity to integer")
        : value;
}
