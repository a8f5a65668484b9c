using System.Buffers.Binary;

namespace FarmAgent.Probes.StLink;

/// <summary>Firmware version of an ST-LINK and what follows from it. Features are asked by name, never by comparing numbers elsewhere.</summary>
/// <param name="Generation">Hardware: 2 for V2 and V2-1, 3 for V3, 4 for V3PWR.</param>
/// <param name="Debug">Version of the JTAG and SWD part; 0 when there is none.</param>
/// <param name="Other">Version of the SWIM part (V2) or mass storage part (V2-1).</param>
/// <param name="HasMassStorage">True for a V2-1, whose third number is written M.</param>
internal readonly record struct StLinkVersion(int Generation, int Debug, int Other, bool HasMassStorage)
{
    /// <summary>F7: target voltage.</summary>
    public bool ReadsVoltage => Generation >= 3 || Debug >= 13;

    /// <summary>3E: status of the last memory access with its address, without which no access can be trusted.</summary>
    public bool ReportsFaultAddress => Generation >= 3 || Debug >= 15;

    /// <summary>43: SWD clock by divisor; newer generations use another command.</summary>
    public bool SetsSwdDivisor => Generation == 2 && Debug >= 22;

    /// <summary>45 and 46: single DP and AP registers.</summary>
    public bool AccessesDap => Generation >= 3 || Debug >= 24;

    /// <summary>47 and 48: memory by half-words.</summary>
    public bool AccessesHalfWords => Generation >= 3 || Debug >= 26;

    /// <summary>4B: an access port must be opened before use.</summary>
    public bool OpensAccessPorts => Generation >= 3 || Debug >= 28;

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

    /// <inheritdoc/>
    public override string ToString() => $"V{Generation}J{Debug}{(HasMassStorage ? 'M' : 'S')}{Other}";
}
