using System.Globalization;

namespace FarmAgent.Probes.Gdb;

/// <summary>What a piece of the stream from gdb is.</summary>
internal enum GdbInputKind
{
    /// <summary>A packet whose checksum is right.</summary>
    Packet,

    /// <summary>A packet whose checksum is wrong.</summary>
    Damaged,

    /// <summary>gdb has received our latest packet.</summary>
    Acknowledged,

    /// <summary>gdb wants our latest packet again.</summary>
    Refused,

    /// <summary>Ctrl-C.</summary>
    Interrupt,
}

/// <summary>A piece of the stream from gdb.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Of a packet: its bytes without escapes; else empty.</param>
internal readonly record struct GdbInput(GdbInputKind Kind, ReadOnlyMemory<byte> Payload);

/// <summary>Cuts the stream from gdb into packets. Bytes may come in any pieces; what stands between packets and means nothing is skipped.</summary>
internal sealed class GdbPacketReader
{
    /// <summary>Longest packet that is taken, in bytes with its escapes.</summary>
    private const int Longest = 64 * 1024;

    private readonly List<byte> _payload = [];
    private State _state;
    private byte _sum;
    private bool _escaped;
    private char _firstDigit;

    private enum State
    {
        Between,
        Payload,
        FirstDigit,
        SecondDigit,
    }

    /// <summary>Takes bytes and says what they complete.</summary>
    /// <param name="bytes">The next bytes of the stream.</param>
    public IEnumerable<GdbInput> Read(ReadOnlyMemory<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            if (Take(bytes.Span[index]) is { } input)
            {
                yield return input;
            }
        }
    }

    private GdbInput? Take(byte value)
    {
        switch (_state)
        {
            case State.Between:
                return Begin(value);
            case State.FirstDigit:
                (_firstDigit, _state) = ((char)value, State.SecondDigit);
                return null;
            case State.SecondDigit:
                _state = State.Between;
                return Complete((char)value);
            default:
                return Collect(value);
        }
    }

    private GdbInput? Begin(byte value)
    {
        switch (value)
        {
            case (byte)'+':
                return new GdbInput(GdbInputKind.Acknowledged, default);
            case (byte)'-':
                return new GdbInput(GdbInputKind.Refused, default);
            case 0x03:
                return new GdbInput(GdbInputKind.Interrupt, default);
            case GdbFrame.Start:
                Restart();
                return null;
            default:
                return null;
        }
    }

    private GdbInput? Collect(byte value)
    {
        switch (value)
        {
            case GdbFrame.End:
                _state = State.FirstDigit;
                return null;
            case GdbFrame.Start:
                // The end of the packet before was lost: what follows is a new one.
                Restart();
                return null;
        }

        _sum += value;
        if (value == GdbFrame.Escape && !_escaped)
        {
            _escaped = true;
            return null;
        }

        _payload.Add(_escaped ? (byte)(value ^ GdbFrame.EscapeMask) : value);
        _escaped = false;
        if (_payload.Count <= Longest)
        {
            return null;
        }

        _state = State.Between;
        return new GdbInput(GdbInputKind.Damaged, default);
    }

    private GdbInput Complete(char secondDigit)
    {
        Span<char> digits = [_firstDigit, secondDigit];
        var right = byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sum) && sum == _sum && !_escaped;
        return right ? new GdbInput(GdbInputKind.Packet, _payload.ToArray()) : new GdbInput(GdbInputKind.Damaged, default);
    }

    private void Restart()
    {
        _payload.Clear();
        (_state, _sum, _escaped) = (State.Payload, 0, false);
    }
}
