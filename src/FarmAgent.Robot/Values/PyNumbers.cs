using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace FarmAgent.Robot.Values;

/// <summary>Integers are <see cref="long"/> while they fit and <see cref="BigInteger"/> beyond; this keeps it so.</summary>
public static class PyNumbers
{
    /// <summary>The integer as it is stored: a <see cref="long"/> if it fits.</summary>
    /// <param name="value">Any integer.</param>
    public static object Normalize(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return (long)value;
        }

        return value;
    }

    /// <summary>Reads an integer or a boolean.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="number">The number; True is one.</param>
    /// <returns>False for everything that Python does not count as int.</returns>
    public static bool TryGetInteger(object? value, out BigInteger number)
    {
        switch (value)
        {
            case long small:
                number = small;
                return true;
            case int small:
                number = small;
                return true;
            case BigInteger big:
                number = big;
                return true;
            case bool flag:
                number = flag ? 1 : 0;
                return true;
            default:
                number = default;
                return false;
        }
    }

    /// <summary>Reads an integer, boolean or float as a float.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="number">The number.</param>
    public static bool TryGetDouble(object? value, out double number)
    {
        if (value is double real)
        {
            number = real;
            return true;
        }

        if (TryGetInteger(value, out var integer))
        {
            number = (double)integer;
            return true;
        }

        number = 0;
        return false;
    }

    /// <summary>Whether the value is int, bool or float.</summary>
    /// <param name="value">Any value.</param>
    public static bool IsNumber([NotNullWhen(true)] object? value) => value is long or int or BigInteger or bool or double;

    /// <summary>Compares an integer with a float exactly.</summary>
    internal static int CompareExactly(BigInteger left, double right)
    {
        if (double.IsPositiveInfinity(right))
        {
            return -1;
        }

        if (double.IsNegativeInfinity(right))
        {
            return 1;
        }

        var floor = Math.Floor(right);
        var order = left.CompareTo(new BigInteger(floor));
        return order != 0 ? order : floor < right ? -1 : 0;
    }
}
