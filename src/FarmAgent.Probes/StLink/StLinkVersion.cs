using System.Buffers.Binary;

namespace FarmAgent.Probes.StLink;

/// <summary>Firmware version of an ST-LINK and what follows from it. Features are asked by name, never by comparing numbers elsewhere.</summary>
/// <param name="Generation">Hardware: 2 for V2 and V2-1, 3 for V3, 4 for V3PWR.</param>
/// <param name="Debug">Version of the JTAG and SWD part; 0 when there is none.</param>
/// <param name="Other">Version of the SWIM part (V2) or mass storage part (V2-1, V3).</param>
/// <param name="HasMassStorage">True where the third number is written M.</param>
internal readonly record struct StLinkVersion(int Generation, int Debug, int Other, bool HasMassStorage)
{
    private const int OldestGeneration = 2;
    private const int NewestGeneration = 4;

    /// <summary>Version of the bridge part of a V3.</summary>
    public int Bridge { get; private init; }

    /// <summary>Version of the SWIM part of a V3.</summary>
    public int Swim { get; private init; }

    /// <summary>Version of the power part of a V3PWR.</summary>
    public int Power { get; private init; }

    /// <summary>False for numbers that no ST-LINK has: the reply of something else, or a copy's nonsense.</summary>
    public bool IsPlausible => Generation is >= OldestGeneration and <= NewestGeneration;

    /// <summary>FB: the numbers do not fit into the reply to F1 any more.</summary>
    public bool HasExtendedReply => Generation >= 3;

    /// <summary>F7: target voltage.</summary>
    public bool ReadsVoltage => Generation >= 3 || Debug >= 13;

    /// <summary>3E: status of the last memory access with its address, without which no access can be trusted.</summary>
    public bool ReportsFaultAddress => Generation >= 3 || Debug >= 15;

    /// <summary>43: SWD clock by divisor.</summary>
    public bool SetsSwdDivisor => Generation == 2 && Debug >= 22;

    /// <summary>61 and 62: SWD clock by frequency, from a list.</summary>
    public bool SetsFrequency => Generation >= 3;

    /// <summary>45 and 46: single DP and AP registers.</summary>
    public bool AccessesDap => Generation >= 3 || Debug >= 24;

    /// <summary>47 and 48: memory by half-words.</summary>
    public bool AccessesHalfWords => Generation >= 3 || Debug >= 26;

    /// <summary>4B: an access port must be opened before use.</summary>
    public bool OpensAccessPorts => Generation >= 3 || Debug >= 28;

    /// <summary>51 and 52: several accesses to words at once.</summary>
    public bool RunsBatches => Generation >= 4 || Debug >= (Generation == 3 ? 2 : 32);

    /// <summary>Decodes the six bytes that command F1 returns.</summary>
    /// <param name="reply">Version big-endian, then vendor and product id little-endian.</param>
    public static StLinkVersion Decode(ReadOnlySpan<byte> reply)
    {
        var word = BinaryPrimitives.ReadUInt16BigEndian(reply);
        var product = BinaryPrimitives.ReadUInt16LittleEndian(reply[4..]);
        var generation = word >> 12;
        var first = (word >> 6) & 0x3F;
        var second = word & 0x3F;
        if (product is 0x374B or 0x3752)
        {
            // Boards for the STM8 count their parts differently: first mass storage, then SWIM, no debug part at all.
            var swimOnly = (first <= 22 && second == 7) || (first >= 25 && second is >= 7 and <= 12);
            return swimOnly ? new StLinkVersion(generation, 0, second, false) : new StLinkVersion(generation, first, second, true);
        }

        return new StLinkVersion(generation, first, second, product is 0x374A or 0x3742);
    }

    /// <summary>Decodes the twelve bytes that command FB returns.</summary>
    /// <param name="reply">Generation, SWIM, debug, mass storage, bridge and power versions, a byte each; then the USB ids.</param>
    public static StLinkVersion DecodeExtended(ReadOnlySpan<byte> reply) =>
        new(reply[0], reply[2], reply[3], true) { Swim = reply[1], Bridge = reply[4], Power = reply[5] };

    /// <inheritdoc/>
    public override string ToString() =>
        HasExtendedReply
            ? $"V{Generation}J{Debug}{Part('M', Other)}{Part('B', Bridge)}{Part('S', Swim)}{Part('P', Power)}"
            : $"V{Generation}J{Debug}{(HasMassStorage ? 'M' : 'S')}{Other}";

    private static string Part(char letter, int version) => version == 0 ? string.Empty : $"{letter}{version}";
}
