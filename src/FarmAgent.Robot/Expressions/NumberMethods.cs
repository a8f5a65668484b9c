using System.Collections.Frozen;
using System.Numerics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Methods of integers and floats.</summary>
internal static class NumberMethods
{
    public static readonly FrozenDictionary<string, PyMethod> Integer = new Dictionary<string, PyMethod>
    {
        ["bit_length"] = (self, _) => (long)BigInteger.Abs(Number(self)).GetBitLength(),
        ["bit_count"] = (self, _) => (long)PyFormat.ToBase(BigInteger.Abs(Number(self)), 2).Count(c => c == '1'),
        ["to_bytes"] = (self, arguments) => ToBytes(Number(self), arguments),
        ["conjugate"] = (self, _) => PyNumbers.Normalize(Number(self)),
        ["as_integer_ratio"] = (self, _) => new PyTuple(PyNumbers.Normalize(Number(self)), 1L),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, PyMethod> Float = new Dictionary<string, PyMethod>
    {
        ["is_integer"] = (self, _) => double.IsFinite((double)self) && Math.Floor((double)self) == (double)self,
        ["conjugate"] = (self, _) => self,
        ["hex"] = (self, _) => ToHex((double)self),
        ["as_integer_ratio"] = (self, _) => Ratio((double)self),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary><c>int.from_bytes</c>.</summary>
    public static object FromBytes(CallArguments arguments)
    {
        arguments.Expect(1, 3);
        var order = arguments.Get(1, "byteorder", "big") as string;
        var source = arguments.Get(0, "bytes");
        var bytes = PyBytes.IsBytes(source)
            ? PyBytes.Of(source!).ToArray()
            : [.. PyIteration.Items(source).Select(item => (byte)CallArguments.BigInteger(item))];
        return PyNumbers.Normalize(new BigInteger(
            bytes, isUnsigned: !PyTruth.Of(arguments.Named.GetValueOrDefault("signed")), isBigEndian: CheckOrder(order) == "big"));
    }

    private static BigInteger Number(object self) => CallArguments.BigInteger(self);

    private static string CheckOrder(string? order) => order is "big" or "little"
        ? order
        : throw PyErrorException.ValueError("byteorder must be either 'little' or 'big'");

    private static byte[] ToBytes(BigInteger number, CallArguments arguments)
    {
        arguments.Expect(0, 3);
        var length = arguments.Integer(0, "length", 1);
        var isBigEndian = CheckOrder(arguments.Get(1, "byteorder", "big") as string) == "big";
        var isSigned = PyTruth.Of(arguments.Named.GetValueOrDefault("signed"));
        if (number.Sign < 0 && !isSigned)
        {
            throw new PyErrorException("OverflowError", "can't convert negative int to unsigned");
        }

        EvaluationBudget.Allocate(length);
        var needed = number.IsZero ? 0 : number.GetByteCount(!isSigned);
        if (needed > length)
        {
            throw new PyErrorException("OverflowError", "int too big to convert");
        }

        var bytes = new byte[length];
        Array.Fill(bytes, number.Sign < 0 ? (byte)0xff : (byte)0);
        if (needed > 0)
        {
            number.TryWriteBytes(isBigEndian ? bytes.AsSpan(length - needed) : bytes, out _, !isSigned, isBigEndian);
        }

        return bytes;
    }

    private static string ToHex(double value)
    {
        if (!double.IsFinite(value))
        {
            return PyFloatText.Of(value);
        }

        var bits = System.Runtime.CompilerServices.Unsafe.BitCast<double, ulong>(value);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var mantissa = bits & 0xfffffffffffff;
        var sign = double.IsNegative(value) ? "-" : string.Empty;
        return value == 0
            ? sign + "0x0.0p+0"
            : $"{sign}0x{(exponent == 0 ? 0 : 1)}.{mantissa:x13}p{(exponent == 0 ? -1022 : exponent - 1023):+0;-0}";
    }

    private static PyTuple Ratio(double value)
    {
        if (!double.IsFinite(value))
        {
            throw double.IsNaN(value)
                ? PyErrorException.ValueError("cannot convert NaN to integer ratio")
                : new PyErrorException("OverflowError", "cannot convert Infinity to integer ratio");
        }

        var denominator = BigInteger.One;
        while (Math.Floor(value) != value)
        {
            value *= 2;
            denominator *= 2;
        }

        return new PyTuple(PyNumbers.Normalize(new BigInteger(value)), PyNumbers.Normalize(denominator));
    }
}
