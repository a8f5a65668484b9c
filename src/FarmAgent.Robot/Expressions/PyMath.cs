using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary><c>abs</c>, <c>round</c> and <c>pow</c>.</summary>
internal static class PyMath
{
    public static object? Abs(object? value)
    {
        if (PyNumbers.TryGetInteger(value, out var integer))
        {
            return PyNumbers.Normalize(BigInteger.Abs(integer));
        }

        if (value is double number)
        {
            return Math.Abs(number);
        }

        if (value is IPyArithmetic own && own.TryUnary("abs", out var result))
        {
            return result;
        }

        throw PyErrorException.TypeError($"bad operand type for abs(): '{PyTypeNames.Of(value)}'");
    }

    /// <summary>Half to even; without digits the result is an integer.</summary>
    public static object? Round(object? value, object? digits)
    {
        if (PyNumbers.TryGetInteger(value, out var integer))
        {
            var places = digits is null ? 0 : CallArguments.BigInteger(digits);
            if (places >= 0)
            {
                return PyNumbers.Normalize(integer);
            }

            if (-places > 10_000)
            {
                return 0L;
            }

            var unit = BigInteger.Pow(10, (int)-places);
            var floor = PyArithmetic.FloorDivide(integer, unit);
            var order = ((integer - (floor * unit)) * 2).CompareTo(unit);
            return PyNumbers.Normalize((order > 0 || (order == 0 && !floor.IsEven) ? floor + 1 : floor) * unit);
        }

        if (value is not double number)
        {
            throw PyErrorException.TypeError($"type {PyTypeNames.Of(value)} doesn't define __round__ method");
        }

        return digits is null
            ? PyConversions.ToInteger(double.IsFinite(number) ? Math.Round(number, MidpointRounding.ToEven) : number)
            : DecimalDigits.Round(number, (int)BigInteger.Max(-400, BigInteger.Min(400, CallArguments.BigInteger(digits))));
    }

    public static object? Power(CallArguments arguments)
    {
        var modulus = arguments.Get(2, "mod");
        if (modulus is null)
        {
            return PyArithmetic.Binary("**", arguments[0], arguments[1]);
        }

        if (!PyNumbers.TryGetInteger(arguments[0], out var number) || !PyNumbers.TryGetInteger(arguments[1], out var exponent)
            || !PyNumbers.TryGetInteger(modulus, out var divisor))
        {
            throw PyErrorException.TypeError("pow() 3rd argument not allowed unless all arguments are integers");
        }

        if (divisor.IsZero)
        {
            throw PyErrorException.ValueError("pow() 3rd argument cannot be 0");
        }

        if (exponent.Sign < 0)
        {
            throw PyErrorException.ValueError("base is not invertible for the given modulus");
        }

        var result = BigInteger.ModPow(number, exponent, divisor);
        return PyNumbers.Normalize(!result.IsZero && (result.Sign < 0) != (divisor.Sign < 0) ? result + divisor : result);
    }
}
