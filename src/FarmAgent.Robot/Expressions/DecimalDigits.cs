using System.Globalization;
using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Exact decimal digits of floats, rounded half to even of the true value as C's printf does.</summary>
internal static class DecimalDigits
{
    public static string Fixed(double value, int precision)
    {
        var scaled = RoundScaled(value, precision);
        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? digits : $"{digits[..^precision]}.{digits[^precision..]}";
    }

    public static string Exponent(double value, int precision, char letter, bool isAlternate)
    {
        var (digits, exponent) = Significant(value, precision + 1);
        var mantissa = digits.Length > 1 ? $"{digits[0]}.{digits[1..]}" : digits + (isAlternate ? "." : string.Empty);
        return $"{mantissa}{letter}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    public static string General(double value, int precision, bool isUpper, bool isAlternate)
    {
        precision = Math.Max(1, precision);
        var (digits, exponent) = Significant(value, precision);
        if (exponent < -4 || exponent >= precision)
        {
            var kept = isAlternate ? digits : TrimZeros(digits);
            var mantissa = kept.Length > 1 ? $"{kept[0]}.{kept[1..]}" : kept;
            return $"{mantissa}{(isUpper ? 'E' : 'e')}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        var text = exponent < 0
            ? $"0.{new string('0', -exponent - 1)}{digits}"
            : digits.Length > exponent + 1 ? $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}" : digits;
        return isAlternate || !text.Contains('.') ? text : text.TrimEnd('0').TrimEnd('.');
    }

    /// <summary>The nearest float to the value rounded to a number of decimal places, half to even, as <c>round()</c> does.</summary>
    public static double Round(double value, int places)
    {
        if (!double.IsFinite(value) || places > 323)
        {
            return value;
        }

        if (places < -308)
        {
            return Math.CopySign(0, value);
        }

        var scaled = RoundScaled(Math.Abs(value), places);
        var text = $"{scaled.ToString(CultureInfo.InvariantCulture)}e{-places}";
        var result = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return value < 0 || double.IsNegative(value) ? -result : result;
    }

    private static string TrimZeros(string digits)
    {
        var trimmed = digits.TrimEnd('0');
        return trimmed.Length == 0 ? digits[..1] : trimmed;
    }

    /// <summary>A number of significant digits, and the exponent of the first.</summary>
    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0)
        {
            return (new string('0', count), 0);
        }

        var exponent = PyFloatText.ShortestDigits(value).Exponent;
        var text = RoundScaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        if (text.Length > count)
        {
            // Rounding carried into one digit more.
            return (text[..count], exponent + 1);
        }

        if (text.Length < count)
        {
            exponent--;
            text = RoundScaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
        }

        return (text, exponent);
    }

    /// <summary>value * 10^places as an integer, exactly rounded half to even.</summary>
    private static BigInteger RoundScaled(double value, int places)
    {
        var bits = System.Runtime.CompilerServices.Unsafe.BitCast<double, long>(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = bits & 0xfffffffffffff;
        mantissa = exponent == 0 ? mantissa : mantissa | (1L << 52);
        exponent = (exponent == 0 ? 1 : exponent) - 1075;
        BigInteger numerator = mantissa;
        var denominator = BigInteger.One;
        numerator = exponent > 0 ? numerator << exponent : numerator;
        denominator = exponent < 0 ? denominator << -exponent : denominator;
        numerator = places > 0 ? numerator * BigInteger.Pow(10, places) : numerator;
        denominator = places < 0 ? denominator * BigInteger.Pow(10, -places) : denominator;
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var order = (remainder * 2).CompareTo(denominator);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
