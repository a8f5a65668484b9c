using System.Numerics;
using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Serial;

/// <summary>
/// One character as it is on the wire: start bit, data, parity, stop bits, each of one length. A receiver samples it with its own settings, so
/// that a wrong baud rate gives what it gives on a desk: wrong characters.
/// </summary>
/// <param name="Bits">Levels in the order of time, first in bit 0; the start bit is 0.</param>
/// <param name="Count">Number of bits.</param>
/// <param name="BitTime">Length of a bit in picoseconds.</param>
internal readonly record struct SerialFrame(uint Bits, int Count, long BitTime)
{
    public long Duration => Count * BitTime;

    /// <summary>True when the samples within a bit differ: receivers that take several note it.</summary>
    public bool IsNoisy { get; init; }

    /// <summary>True when it ends in the moment in which its receiver is still handing the one before over: it is lost to an overrun.</summary>
    public bool IsMissed { get; init; }

    /// <summary>The frame that a sender with these settings makes.</summary>
    /// <param name="value">Character; only the data bits are used.</param>
    /// <param name="settings">Settings of the sender.</param>
    public static SerialFrame Encode(int value, SerialSettings settings)
    {
        var data = (uint)value & ((1u << settings.DataBits) - 1);
        var bits = data << 1;
        var count = 1 + settings.DataBits;
        if (settings.Parity != SerialParity.None)
        {
            bits |= ParityOf(data, settings.Parity) << count++;
        }

        for (var stop = 0; stop < settings.StopBits; stop++)
        {
            bits |= 1u << count++;
        }

        return new SerialFrame(bits, count, BenchTime.Second / settings.BaudRate);
    }

    /// <summary>What a receiver with these settings makes of the frame, sampling each bit in its middle.</summary>
    public SerialReception Decode(SerialSettings settings)
    {
        var bitTime = BenchTime.Second / settings.BaudRate;
        var data = 0u;
        var position = 1;
        for (var bit = 0; bit < settings.DataBits; bit++)
        {
            data |= Sample(position++, bitTime) << bit;
        }

        var parityError = settings.Parity != SerialParity.None && Sample(position++, bitTime) != ParityOf(data, settings.Parity);
        return new SerialReception((int)data, FramingError: Sample(position, bitTime) == 0, parityError);
    }

    private static uint ParityOf(uint data, SerialParity parity) =>
        (uint)(BitOperations.PopCount(data) & 1) ^ (parity == SerialParity.Odd ? 1u : 0u);

    /// <summary>Level in the middle of a bit of the receiver; the line is high after the frame.</summary>
    private uint Sample(int bit, long bitTime)
    {
        var index = ((bit * bitTime) + (bitTime / 2)) / BitTime;
        return index < Count ? (Bits >> (int)index) & 1 : 1;
    }
}

/// <summary>What a receiver got.</summary>
/// <param name="Value">Data bits.</param>
/// <param name="FramingError">The stop bit was low.</param>
/// <param name="ParityError">The parity bit was wrong.</param>
internal readonly record struct SerialReception(int Value, bool FramingError, bool ParityError);
