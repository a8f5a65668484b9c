using System.Buffers.Binary;

namespace FarmAgent.Probes.StLink;

/// <content>What differs between the generations: versions and clocks.</content>
internal sealed partial class StLinkProbe
{
    private const int FrequencyLimit = 10;
    private const int FrequencyListLength = 12 + (FrequencyLimit * 4);

    private int[]? _frequencies;

    private void ReadVersion()
    {
        _version = AskVersion();
        if (!_version.IsPlausible)
        {
            // Another command's reply, if the pipe was not in step yet; a second nonsense is the probe's own.
            _transport.Synchronise();
            _version = AskVersion();
        }

        if (!_version.IsPlausible)
        {
            throw new ProbeException(
                "PROBE_UNSUPPORTED",
                $"{Info} says that its firmware is {_version}, which no ST-LINK/V2 or V3 has. Plug it in again; a copy that stays so cannot be used.");
        }

        if (_version.Debug == 0)
        {
            throw new ProbeException(
                "PROBE_UNSUPPORTED",
                $"{Info} has firmware {_version}, which has no SWD part: it belongs to a board for the STM8. Use a probe for the STM32.");
        }

        if (!_version.ReportsFaultAddress)
        {
            throw StLinkFirmwareGate.TooOld(Info, _version, "V2J15", "checked memory access");
        }
    }

    private StLinkVersion AskVersion()
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkCommand.GetVersion);
        Span<byte> reply = stackalloc byte[6];
        _transport.Exchange(command, reply, repeatable: true);
        var version = StLinkVersion.Decode(reply);
        if (!version.IsPlausible || !version.HasExtendedReply)
        {
            return version;
        }

        Span<byte> extended = stackalloc byte[12];
        _transport.Exchange(NewCommand(command, StLinkCommand.GetExtendedVersion), extended, repeatable: true);
        return StLinkVersion.DecodeExtended(extended);
    }

    /// <summary>Sets the fastest clock of the probe's own list that is not above the request; the slowest when all are.</summary>
    private int SetFrequency(int kilohertz)
    {
        _frequencies ??= ListFrequencies();
        if (_frequencies.Length == 0)
        {
            return SwdKilohertz;
        }

        var chosen = _frequencies.Where(f => f <= kilohertz).DefaultIfEmpty(_frequencies.Min()).Max();
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.SetFrequency);
        BinaryPrimitives.WriteUInt32LittleEndian(command[4..], (uint)chosen);
        Span<byte> reply = stackalloc byte[8];
        Execute(command, reply, "set the SWD clock", repeatable: true);
        return BinaryPrimitives.ReadInt32LittleEndian(reply[4..]);
    }

    private int[] ListFrequencies()
    {
        Span<byte> reply = stackalloc byte[FrequencyListLength];
        Execute(NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.ListFrequencies), reply, "list the SWD clocks", repeatable: true);
        SwdKilohertz = BinaryPrimitives.ReadInt32LittleEndian(reply[4..]);
        var frequencies = new int[Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(reply[8..]), FrequencyLimit)];
        for (var index = 0; index < frequencies.Length; index++)
        {
            frequencies[index] = BinaryPrimitives.ReadInt32LittleEndian(reply[(12 + (index * 4))..]);
        }

        return frequencies;
    }
}
