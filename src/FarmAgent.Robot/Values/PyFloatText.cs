namespace FarmAgent.Robot.Values;

/// <summary>Floats as Python prints them: the shortest digits that read back as the same number.</summary>
internal static class PyFloatText
{
    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        var (digits, exponent) = ShortestDigits(Math.Abs(value));
        var sign = value < 0 ? "-" : string.Empty;

        // Python changes to the exponent form below 1e-4 and from 1e16 on.
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        return digits.Length <= exponent + 1
            ? $"{sign}{digits}{new string('0', exponent + 1 - digits.Length)}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The significant digits without trailing zeros, and the decimal exponent of the first one.</summary>
    public static (string Digits, int Exponent) ShortestDigits(double value)
    {
        var shortest = value.ToString("R", null);
        var (mantissa, exponent) = (shortest, 0);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            mantissa = shortest[..mark];
            exponent = int.Parse(shortest.AsSpan(mark + 1), null);
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? string.Empty : mantissa[(point + 1)..];
        var all = whole + fraction;
        var leadingZeros = all.Length - all.TrimStart('0').Length;
        exponent += whole.Length - 1 - leadingZeros;
        var digits = all.Trim('0');
        return (digits.Length == 0 ? "0" : digits, exponent);
    }
}
