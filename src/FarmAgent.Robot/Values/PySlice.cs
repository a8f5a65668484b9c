using System.Numerics;

namespace FarmAgent.Robot.Values;

/// <summary>A slice <c>start:stop:step</c>; each part may be None.</summary>
internal sealed record PySlice(object? Start, object? Stop, object? Step) : IPyObject
{
    public string TypeName => "slice";

    public string Repr() => $"slice({PyText.Repr(Start)}, {PyText.Repr(Stop)}, {PyText.Repr(Step)})";

    /// <summary>The positions that the slice selects in a sequence of a length.</summary>
    public List<int> Positions(int length)
    {
        var (start, stop, step) = Bounds(length);
        var positions = new List<int>();
        if (step > 0)
        {
            for (var i = start; i < stop; i += step)
            {
                positions.Add(i);
            }
        }
        else
        {
            for (var i = start; i > stop; i += step)
            {
                positions.Add(i);
            }
        }

        return positions;
    }

    /// <summary>The bounds after negative ones and those beyond the end have been brought into the sequence.</summary>
    public (int Start, int Stop, int Step) Bounds(int length)
    {
        var step = Number(Step) ?? 1;
        if (step.IsZero)
        {
            throw PyErrorException.ValueError("slice step cannot be zero");
        }

        var (lower, upper) = step > 0 ? (0, length) : (-1, length - 1);
        var start = Clamp(Number(Start), length, lower, upper) ?? (step > 0 ? lower : upper);
        var stop = Clamp(Number(Stop), length, lower, upper) ?? (step > 0 ? upper : lower);
        var limit = (BigInteger)length + 1;
        return (start, stop, (int)BigInteger.Max(-limit, BigInteger.Min(limit, step)));
    }

    private static int? Clamp(BigInteger? bound, int length, int lower, int upper)
    {
        if (bound is not { } value)
        {
            return null;
        }

        value = value < 0 ? value + length : value;
        return (int)BigInteger.Max(lower, BigInteger.Min(upper, value));
    }

    private static BigInteger? Number(object? value) => value is null
        ? null
        : PyNumbers.TryGetInteger(value, out var number)
            ? number
            : throw PyErrorException.TypeError("slice indices must be integers or None or have an __index__ method");
}
