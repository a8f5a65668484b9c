using System.Collections;

namespace FarmAgent.Robot.Values;

/// <summary>A Python range: the whole numbers from a start up to, without, a stop.</summary>
internal sealed class PyRange : IReadOnlyCollection<object?>
{
    public PyRange(long start, long stop, long step)
    {
        if (step == 0)
        {
            throw PyErrorException.ValueError("range() arg 3 must not be zero");
        }

        (Start, Stop, Step) = (start, stop, step);
        var span = step > 0 ? (decimal)stop - start : (decimal)start - stop;
        Length = span <= 0 ? 0 : (long)decimal.Ceiling(span / Math.Abs((decimal)step));
    }

    public long Start { get; }

    public long Stop { get; }

    public long Step { get; }

    public long Length { get; }

    public int Count => (int)Math.Min(Length, int.MaxValue);

    public object? this[long index] => Start + (index * Step);

    public bool Contains(long value) =>
        (Step > 0 ? value >= Start && value < Stop : value <= Start && value > Stop) && (value - Start) % Step == 0;

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0L; i < Length; i++)
        {
            yield return Start + (i * Step);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
