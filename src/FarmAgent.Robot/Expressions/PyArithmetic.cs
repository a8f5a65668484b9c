using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>An object with arithmetic of its own.</summary>
internal interface IPyArithmetic
{
    /// <summary>Works out <c>this symbol other</c>, or with the sides changed.</summary>
    /// <returns>False when it cannot be combined with the other value.</returns>
    bool TryBinary(string symbol, object? other, bool isReversed, out object? result);

    /// <summary>Works out <c>-this</c> and <c>+this</c>.</summary>
    bool TryUnary(string symbol, out object? result);
}

/// <summary>The arithmetic operators on all kinds of values.</summary>
internal static class PyArithmetic
{
    public static object? Binary(string symbol, object? left, object? right)
    {
        if (left is long a && right is long b && TryFast(symbol, a, b, out var fast))
        {
            return fast;
        }

        if (left is IPyArithmetic first && first.TryBinary(symbol, right, isReversed: false, out var result))
        {
            return result;
        }

        if (right is IPyArithmetic second && second.TryBinary(symbol, left, isReversed: true, out result))
        {
            return result;
        }

        if (PyNumbers.IsNumber(left) && PyNumbers.IsNumber(right))
        {
            return PyNumbers.TryGetInteger(left, out var x) && PyNumbers.TryGetInteger(right, out var y)
                ? OnIntegers(symbol, x, y, left is bool && right is bool)
                : OnFloats(symbol, left, right);
        }

        return symbol switch
        {
            "+" => PySequenceArithmetic.Add(left, right),
            "*" => PySequenceArithmetic.Multiply(left, right),
            "%" when left is string format => PyPercentFormat.Format(format, right),
            "%" when PyBytes.IsBytes(left) =>
                System.Text.Encoding.Latin1.GetBytes(PyPercentFormat.Format(PyBytes.ToLatin1(PyBytes.Of(left!)), right, isBytes: true)),
            "|" or "&" or "-" or "^" => PySequenceArithmetic.CombineSets(symbol, left, right),
            _ => throw Unsupported(symbol, left, right),
        };
    }

    public static object? Unary(string symbol, object? operand)
    {
        if (operand is IPyArithmetic other && other.TryUnary(symbol, out var result))
        {
            return result;
        }

        if (PyNumbers.TryGetInteger(operand, out var integer))
        {
            return PyNumbers.Normalize(symbol switch
            {
                "-" => -integer,
                "~" => -integer - 1,
                _ => integer,
            });
        }

        return operand is double number && symbol != "~"
            ? (symbol == "-" ? -number : number)
            : throw PyErrorException.TypeError($"bad operand type for unary {symbol}: '{PyTypeNames.Of(operand)}'");
    }

    public static PyErrorException Unsupported(string symbol, object? left, object? right)
    {
        var shown = symbol == "**" ? "** or pow()" : symbol;
        return PyErrorException.TypeError(
            $"unsupported operand type(s) for {shown}: '{PyTypeNames.InErrors(left)}' and '{PyTypeNames.InErrors(right)}'");
    }

    /// <summary>Division rounding down.</summary>
    public static BigInteger FloorDivide(BigInteger left, BigInteger right)
    {
        var quotient = BigInteger.DivRem(left, right, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (right.Sign < 0) ? quotient - 1 : quotient;
    }

    /// <summary>The quotient of integers as the nearest float, also beyond the range of floats.</summary>
    public static double TrueDivide(BigInteger left, BigInteger right)
    {
        if (right.IsZero)
        {
            throw new PyErrorException("ZeroDivisionError", "division by zero");
        }

        if (BigInteger.Abs(left) <= 1L << 53 && BigInteger.Abs(right) <= 1L << 53)
        {
            return (double)left / (double)right;
        }

        // 66 significant bits of the quotient, with the rest folded into the last one, round correctly.
        var shift = (int)(66 - (left.GetBitLength() - right.GetBitLength()));
        var numerator = shift > 0 ? BigInteger.Abs(left) << shift : BigInteger.Abs(left);
        var denominator = shift < 0 ? BigInteger.Abs(right) << -shift : BigInteger.Abs(right);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        quotient |= remainder.IsZero ? 0 : 1;
        var result = Math.ScaleB((double)quotient, -shift);
        return double.IsInfinity(result)
            ? throw new PyErrorException("OverflowError", "integer division result too large for a float")
            : left.Sign * right.Sign < 0 ? -result : result;
    }

    public static double FloatModulo(double left, double right)
    {
        if (right == 0)
        {
            throw new PyErrorException("ZeroDivisionError", "float modulo");
        }

        var remainder = left % right;
        if (remainder != 0 && (remainder < 0) != (right < 0))
        {
            remainder += right;
        }

        return remainder == 0 ? Math.CopySign(0, right) : remainder;
    }

    public static double FloatFloorDivide(double left, double right)
    {
        if (right == 0)
        {
            throw new PyErrorException("ZeroDivisionError", "float floor division by zero");
        }

        var remainder = FloatModulo(left, right);
        var quotient = (left - remainder) / right;
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    public static double ToFloat(object? value)
    {
        if (!PyNumbers.TryGetDouble(value, out var number))
        {
            throw PyErrorException.TypeError($"must be real number, not {PyTypeNames.Of(value)}");
        }

        return double.IsInfinity(number) && value is BigInteger
            ? throw new PyErrorException("OverflowError", "int too large to convert to float")
            : number;
    }

    private static bool TryFast(string symbol, long left, long right, out object? result)
    {
        result = null;
        switch (symbol)
        {
            case "+":
                var sum = unchecked(left + right);
                result = sum;
                return ((left ^ sum) & (right ^ sum)) >= 0;
            case "-":
                var difference = unchecked(left - right);
                result = difference;
                return ((left ^ right) & (left ^ difference)) >= 0;
            case "*" when Math.Abs(left) < int.MaxValue && Math.Abs(right) < int.MaxValue:
                result = left * right;
                return true;
            default:
                return false;
        }
    }

    private static object? OnIntegers(string symbol, BigInteger left, BigInteger right, bool areBooleans)
    {
        switch (symbol)
        {
            case "+":
                return PyNumbers.Normalize(left + right);
            case "-":
                return PyNumbers.Normalize(left - right);
            case "*":
                EvaluationBudget.AllocateBits(left.GetBitLength() + right.GetBitLength());
                return PyNumbers.Normalize(left * right);
            case "/":
                return TrueDivide(left, right);
            case "//" when right.IsZero:
                throw new PyErrorException("ZeroDivisionError", "integer division or modulo by zero");
            case "//":
                return PyNumbers.Normalize(FloorDivide(left, right));
            case "%" when right.IsZero:
                throw new PyErrorException("ZeroDivisionError", "integer modulo by zero");
            case "%":
                return PyNumbers.Normalize(left - (FloorDivide(left, right) * right));
            case "**":
                return Power(left, right);
            case "|":
                return areBooleans ? !(left | right).IsZero : PyNumbers.Normalize(left | right);
            case "&":
                return areBooleans ? !(left & right).IsZero : PyNumbers.Normalize(left & right);
            case "^":
                return areBooleans ? !(left ^ right).IsZero : PyNumbers.Normalize(left ^ right);
            case "<<" or ">>":
                return Shift(symbol, left, right);
            default:
                throw Unsupported(symbol, PyNumbers.Normalize(left), PyNumbers.Normalize(right));
        }
    }

    private static object Shift(string symbol, BigInteger left, BigInteger right)
    {
        if (right.Sign < 0)
        {
            throw PyErrorException.ValueError("negative shift count");
        }

        if (symbol == "<<")
        {
            EvaluationBudget.AllocateBits(left.IsZero ? 0 : left.GetBitLength() + right);
            return PyNumbers.Normalize(left.IsZero ? left : left << (int)right);
        }

        return PyNumbers.Normalize(right > int.MaxValue ? (left.Sign < 0 ? -1 : 0) : left >> (int)right);
    }

    private static object? Power(BigInteger left, BigInteger right)
    {
        if (right.Sign < 0)
        {
            return left.IsZero
                ? throw new PyErrorException("ZeroDivisionError", "0.0 cannot be raised to a negative power")
                : Math.Pow((double)left, (double)right);
        }

        if (left.IsZero || left.IsOne)
        {
            return PyNumbers.Normalize(right.IsZero ? 1 : left);
        }

        EvaluationBudget.AllocateBits(left.GetBitLength() * right);
        return PyNumbers.Normalize(BigInteger.Pow(left, (int)BigInteger.Min(right, int.MaxValue)));
    }

    private static object? OnFloats(string symbol, object left, object right)
    {
        if (symbol is "|" or "&" or "^" or "<<" or ">>" or "@")
        {
            throw Unsupported(symbol, left, right);
        }

        var (x, y) = (ToFloat(left), ToFloat(right));
        return symbol switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => y == 0 ? throw new PyErrorException("ZeroDivisionError", "float division by zero") : x / y,
            "//" => FloatFloorDivide(x, y),
            "%" => FloatModulo(x, y),
            _ => FloatPower(x, y),
        };
    }

    private static double FloatPower(double x, double y)
    {
        if (x == 0 && y < 0)
        {
            throw new PyErrorException("ZeroDivisionError", "0.0 cannot be raised to a negative power");
        }

        var result = Math.Pow(x, y);
        if (double.IsInfinity(result) && double.IsFinite(x) && double.IsFinite(y))
        {
            throw new PyErrorException("OverflowError", "(34, 'Numerical result out of range')");
        }

        return result;
    }
}
