using System.Numerics;

namespace FarmAgent.Robot.Values;

/// <summary>Python's <c>int()</c> and <c>float()</c> on any value, with its messages.</summary>
internal static class PyConversions
{
    public static object? ToInteger(object? value)
    {
        switch (value)
        {
            case double number:
                return double.IsNaN(number)
                    ? throw PyErrorException.ValueError("cannot convert float NaN to integer")
                    : double.IsInfinity(number)
                        ? throw new PyErrorException("OverflowError", "cannot convert float infinity to integer")
                        : PyNumbers.Normalize(new BigInteger(Math.Truncate(number)));
            case string or byte[] or PyByteArray:
                return ToInteger(value, 10);
            default:
                return PyNumbers.TryGetInteger(value, out var integer)
                    ? PyNumbers.Normalize(integer)
                    : value is IPyNumeric other
                        ? PyNumbers.Normalize(other.ToInteger())
                        : throw PyErrorException.TypeError(
                            $"int() argument must be a string, a bytes-like object or a real number, not '{PyTypeNames.Of(value)}'");
        }
    }

    public static object? ToInteger(object? value, int numberBase)
    {
        if (value is not (string or byte[] or PyByteArray))
        {
            throw PyErrorException.TypeError("int() can't convert non-string with explicit base");
        }

        if (numberBase is 1 or < 0 or > 36)
        {
            throw PyErrorException.ValueError("int() base must be >= 2 and <= 36, or 0");
        }

        return PyNumberParser.TryInteger(PyText.InMessages(value), numberBase, out var integer)
            ? integer
            : throw PyErrorException.ValueError($"invalid literal for int() with base {numberBase}: {PyText.Repr(value)}");
    }

    public static double ToFloat(object? value)
    {
        switch (value)
        {
            case string or byte[] or PyByteArray:
                return PyNumberParser.TryFloat(PyText.InMessages(value), out var parsed)
                    ? parsed
                    : throw PyErrorException.ValueError($"could not convert string to float: {PyText.Repr(value)}");
            case IPyNumeric other:
                return other.ToFloat();
            default:
                if (!PyNumbers.TryGetDouble(value, out var number))
                {
                    throw PyErrorException.TypeError($"float() argument must be a string or a real number, not '{PyTypeNames.Of(value)}'");
                }

                return double.IsInfinity(number) && value is BigInteger
                    ? throw new PyErrorException("OverflowError", "int too large to convert to float")
                    : number;
        }
    }
}

/// <summary>An object that is a number of its own kind.</summary>
internal interface IPyNumeric
{
    BigInteger ToInteger();

    double ToFloat();
}
