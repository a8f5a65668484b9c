namespace FarmAgent.Robot.Building;

/// <summary>
/// The generator MT19937 of Matsumoto and Nishimura ("Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
/// generator", 1998), seeded by an array as Python seeds it, so that a seed gives the order here that it gives in the original.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    /// <summary>Makes a generator.</summary>
    /// <param name="seed">Start of the sequence; its sign does not matter.</param>
    public MersenneTwister(int seed)
    {
        var key = (uint)Math.Abs((long)seed);
        Fill(19650218);
        var index = 1;
        for (var i = 0; i < Size; i++)
        {
            Mix(ref index, 1664525, key);
        }

        for (var i = 0; i < Size - 1; i++)
        {
            Mix(ref index, 1566083941, (uint)-index);
        }

        _state[0] = 0x80000000;
    }

    /// <summary>Puts items into another order: each from the last on changes places with one not behind it.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    // As many bits as the limit has, until they are below it.
    private int Below(int limit)
    {
        var unused = System.Numerics.BitOperations.LeadingZeroCount((uint)limit);
        uint number;
        do
        {
            number = Next() >> unused;
        }
        while (number >= limit);
        return (int)number;
    }

    private void Fill(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Size; i++)
        {
            _state[i] = unchecked((1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i);
        }
    }

    private void Mix(ref int index, uint factor, uint added)
    {
        var before = _state[index - 1];
        _state[index] = unchecked((_state[index] ^ ((before ^ (before >> 30)) * factor)) + added);
        if (++index == Size)
        {
            _state[0] = _state[Size - 1];
            index = 1;
        }
    }

    private uint Next()
    {
        if (_next == Size)
        {
            Twist();
        }

        var number = _state[_next++];
        number ^= number >> 11;
        number ^= (number << 7) & 0x9D2C5680;
        number ^= (number << 15) & 0xEFC60000;
        return number ^ (number >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Size; i++)
        {
            var bits = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            _state[i] = _state[(i + Middle) % Size] ^ (bits >> 1) ^ ((bits & 1) * 0x9908B0DF);
        }

        _next = 0;
    }
}
