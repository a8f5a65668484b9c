using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>math</c>.</summary>
internal static class MathModule
{
    public static Dictionary<string, object?> Create()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["pi"] = Math.PI,
            ["e"] = Math.E,
            ["tau"] = Math.Tau,
            ["inf"] = double.PositiveInfinity,
            ["nan"] = double.NaN,
        };
        foreach (var (name, function) in RealFunctions())
        {
            members[name] = new PyFunction(name, arguments => Checked(function, PyArithmetic.ToFloat(arguments.Expect(1, 1)[0])));
        }

        foreach (var (name, body) in OtherFunctions())
        {
            members[name] = new PyFunction(name, body);
        }

        return members;
    }

    private static Dictionary<string, Func<double, double>> RealFunctions() => new()
    {
        ["sqrt"] = Math.Sqrt,
        ["cbrt"] = Math.Cbrt,
        ["exp"] = Math.Exp,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["asin"] = Math.Asin,
        ["acos"] = Math.Acos,
        ["atan"] = Math.Atan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["fabs"] = Math.Abs,
        ["degrees"] = value => value * 180 / Math.PI,
        ["radians"] = value => value * Math.PI / 180,
    };

    private static Dictionary<string, Func<CallArguments, object?>> OtherFunctions() => new()
    {
        ["floor"] = arguments => ToInteger(arguments.Expect(1, 1)[0], Math.Floor),
        ["ceil"] = arguments => ToInteger(arguments.Expect(1, 1)[0], Math.Ceiling),
        ["trunc"] = arguments => ToInteger(arguments.Expect(1, 1)[0], Math.Truncate),
        ["isnan"] = arguments => double.IsNaN(PyArithmetic.ToFloat(arguments.Expect(1, 1)[0])),
        ["isinf"] = arguments => double.IsInfinity(PyArithmetic.ToFloat(arguments.Expect(1, 1)[0])),
        ["isfinite"] = arguments => double.IsFinite(PyArithmetic.ToFloat(arguments.Expect(1, 1)[0])),
        ["isclose"] = IsClose,
        ["pow"] = arguments => Math.Pow(PyArithmetic.ToFloat(arguments.Expect(2, 2)[0]), PyArithmetic.ToFloat(arguments[1])),
        ["atan2"] = arguments => Math.Atan2(PyArithmetic.ToFloat(arguments.Expect(2, 2)[0]), PyArithmetic.ToFloat(arguments[1])),
        ["fmod"] = arguments => PyArithmetic.ToFloat(arguments.Expect(2, 2)[0]) % PyArithmetic.ToFloat(arguments[1]),
        ["copysign"] = arguments => Math.CopySign(PyArithmetic.ToFloat(arguments.Expect(2, 2)[0]), PyArithmetic.ToFloat(arguments[1])),
        ["hypot"] = arguments => Math.Sqrt(arguments.Positional.Sum(value => Math.Pow(PyArithmetic.ToFloat(value), 2))),
        ["log"] = Log,
        ["gcd"] = arguments => PyNumbers.Normalize(arguments.Positional.Select(CallArguments.BigInteger)
            .Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor)),
        ["lcm"] = arguments => PyNumbers.Normalize(arguments.Positional.Select(CallArguments.BigInteger)
            .Aggregate(BigInteger.One, (a, b) => a.IsZero || b.IsZero ? 0 : BigInteger.Abs(a * b) / BigInteger.GreatestCommonDivisor(a, b))),
        ["factorial"] = Factorial,
        ["comb"] = arguments => Binomial(CallArguments.BigInteger(arguments.Expect(2, 2)[0]), CallArguments.BigInteger(arguments[1])),
        ["isqrt"] = IntegerRoot,
        ["fsum"] = arguments => PyIteration.Items(arguments.Expect(1, 1)[0]).Sum(PyArithmetic.ToFloat),
        ["prod"] = arguments => EvaluationBudget.Count(PyIteration.Items(arguments.Expect(1, 2)[0]))
            .Aggregate(arguments.Get(1, "start", 1L), (product, item) => PyArithmetic.Binary("*", product, item)),
        ["modf"] = arguments => PyArithmetic.ToFloat(arguments.Expect(1, 1)[0]) is var value
            ? new PyTuple(value - Math.Truncate(value), Math.Truncate(value))
            : null,
    };

    private static object Checked(Func<double, double> function, double value)
    {
        var result = function(value);
        if (double.IsNaN(result) && !double.IsNaN(value))
        {
            throw PyErrorException.ValueError("math domain error");
        }

        return double.IsInfinity(result) && double.IsFinite(value)
            ? value <= 0 ? throw PyErrorException.ValueError("math domain error") : throw new PyErrorException("OverflowError", "math range error")
            : result;
    }

    private static object? ToInteger(object? value, Func<double, double> round) => value is double number && double.IsFinite(number)
        ? PyConversions.ToInteger(round(number))
        : value is double or long or BigInteger or bool
            ? PyConversions.ToInteger(value)
            : throw PyErrorException.TypeError($"must be real number, not {PyTypeNames.Of(value)}");

    private static object IsClose(CallArguments arguments)
    {
        var (a, b) = (PyArithmetic.ToFloat(arguments[0]), PyArithmetic.ToFloat(arguments[1]));
        var relative = PyArithmetic.ToFloat(arguments.Named.GetValueOrDefault("rel_tol", 1e-9));
        var absolute = PyArithmetic.ToFloat(arguments.Named.GetValueOrDefault("abs_tol", 0.0));
        return a == b || (double.IsFinite(a) && double.IsFinite(b)
            && Math.Abs(a - b) <= Math.Max(relative * Math.Max(Math.Abs(a), Math.Abs(b)), absolute));
    }

    private static object Log(CallArguments arguments)
    {
        var value = arguments.Expect(1, 2)[0];
        var result = value is BigInteger big && big.Sign > 0 ? BigInteger.Log(big) : Positive(PyArithmetic.ToFloat(value));
        return arguments.Count == 1 ? result : result / Positive(PyArithmetic.ToFloat(arguments[1]));

        static double Positive(double number) => number > 0 || double.IsNaN(number)
            ? Math.Log(number)
            : throw PyErrorException.ValueError("math domain error");
    }

    private static object Factorial(CallArguments arguments)
    {
        var number = CallArguments.BigInteger(arguments.Expect(1, 1)[0]);
        if (number.Sign < 0)
        {
            throw PyErrorException.ValueError("factorial() not defined for negative values");
        }

        EvaluationBudget.AllocateBits(number * number.GetBitLength());
        var result = BigInteger.One;
        for (var i = 2; i <= number; i++)
        {
            EvaluationBudget.Step();
            result *= i;
        }

        return PyNumbers.Normalize(result);
    }

    private static object Binomial(BigInteger n, BigInteger k)
    {
        k = BigInteger.Min(k, n - k);
        if (k.Sign < 0)
        {
            return 0L;
        }

        var result = BigInteger.One;
        for (BigInteger i = 1; i <= k; i++)
        {
            EvaluationBudget.Step();
            result = result * (n - k + i) / i;
        }

        return PyNumbers.Normalize(result);
    }

    private static object IntegerRoot(CallArguments arguments)
    {
        var number = CallArguments.BigInteger(arguments.Expect(1, 1)[0]);
        if (number.Sign < 0)
        {
            throw PyErrorException.ValueError("isqrt() argument must be nonnegative");
        }

        var root = number.IsZero ? number : BigInteger.One << (int)((number.GetBitLength() + 1) / 2);
        while (!number.IsZero)
        {
            var next = (root + (number / root)) >> 1;
            if (next >= root)
            {
                break;
            }

            root = next;
        }

        return PyNumbers.Normalize(root);
    }
}
