using System.Buffers.Binary;

namespace FarmAgent.Simulation.StLink;

/// <summary>SWCLK frequencies.</summary>
internal sealed partial class StLinkFirmware
{
    private static readonly int[] FrequenciesOfV3 = [24000, 8000, 3300, 1000, 200, 50, 5];

    private static readonly Dictionary<int, int> KilohertzByDivisor = new()
    {
        [0] = 4000,
        [1] = 1800,
        [2] = 1200,
        [3] = 950,
        [5] = 650,
        [7] = 480,
        [9] = 400,
        [10] = 360,
        [15] = 240,
        [25] = 150,
        [31] = 125,
        [40] = 100,
        [79] = 50,
        [158] = 25,
        [265] = 15,
        [798] = 5,
    };

    private void SetFrequency(int divisor)
    {
        if (!KilohertzByDivisor.TryGetValue(divisor, out var kilohertz))
        {
            ReplyStatus(LinkStatus.FrequencyNotSupported);
            return;
        }

        _swd.Kilohertz = kilohertz;
        ReplyStatus(LinkStatus.Okay);
    }

    /// <summary>Takes the highest frequency that is not above the wish.</summary>
    private void SetFrequencyV3()
    {
        var wish = (int)Math.Min(Word(4), int.MaxValue);
        var kilohertz = Array.Find(FrequenciesOfV3, f => f <= wish);
        if (kilohertz == 0)
        {
            ReplyValue(LinkStatus.FrequencyNotSupported, 0);
            return;
        }

        _swd.Kilohertz = kilohertz;
        ReplyValue(LinkStatus.Okay, (uint)kilohertz);
    }

    private void ListFrequencies()
    {
        var reply = new byte[52];
        reply[0] = (byte)LinkStatus.Okay;
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), (uint)_swd.Kilohertz);
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(8), (uint)FrequenciesOfV3.Length);
        for (var index = 0; index < FrequenciesOfV3.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(12 + (index * 4)), (uint)FrequenciesOfV3[index]);
        }

        _replies.Enqueue(reply);
    }
}
