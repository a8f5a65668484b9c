namespace FarmAgent.Simulation.StLink;

/// <summary>Which adapter is simulated and how fast its host is.</summary>
internal sealed partial record StLinkOptions
{
    /// <summary>Hardware generation: 2 for V2 and V2-1, 3 for V3, 4 for V3PWR.</summary>
    public int Generation { get; init; } = 2;

    /// <summary>JTAG/SWD firmware version (the number after J).</summary>
    public int JtagVersion { get; init; } = 37;

    /// <summary>SWIM version; on a V2-1 the six bits hold the mass storage version instead.</summary>
    public int SwimVersion { get; init; } = 7;

    /// <summary>Mass storage and serial port version of a V3.</summary>
    public int MassStorageVersion { get; init; }

    /// <summary>Bridge version of a V3.</summary>
    public int BridgeVersion { get; init; }

    /// <summary>Power version of a V3PWR.</summary>
    public int PowerVersion { get; init; }

    /// <summary>USB product id: 0x3748 for a stand-alone V2.</summary>
    public ushort ProductId { get; init; } = 0x3748;

    /// <summary>Serial number string as the descriptor holds it.</summary>
    public string Serial { get; init; } = "066DFF485550755187254131";

    /// <summary>Product string.</summary>
    public string Product { get; init; } = "STM32 STLink";

    /// <summary>Socket on the virtual host.</summary>
    public string PortPath { get; init; } = "1-1";

    /// <summary>OUT endpoint of commands and data.</summary>
    public byte OutEndpoint { get; init; } = 0x02;

    /// <summary>IN endpoint of replies.</summary>
    public byte InEndpoint { get; init; } = 0x81;

    /// <summary>IN endpoint of trace data.</summary>
    public byte TraceEndpoint { get; init; } = 0x83;

    /// <summary>Bytes of a full bulk packet: 64 at full speed, 512 at high speed.</summary>
    public int PacketSize { get; init; } = 64;

    /// <summary>Mode after power-up; a stand-alone V2 waits in DFU.</summary>
    public StLinkMode StartMode { get; init; } = StLinkMode.Dfu;

    /// <summary>True when the adapter is in its firmware loader, which runs until the command that leaves DFU mode; the application then starts idle.</summary>
    public bool StartsInLoader { get; init; }

    /// <summary>True leaves a reply in the pipe that an earlier program did not take.</summary>
    public bool StartsWithStaleReply { get; init; }

    /// <summary>A reply that nobody fetched stays queued before the next one, as in the real firmware; false drops it.</summary>
    public bool KeepsStaleReplies { get; init; } = true;

    /// <summary>Host's cost of one bulk transfer, in picoseconds.</summary>
    public long TransferCost { get; init; } = 125_000_000;

    /// <summary>Cost of one packet on the wire and in the firmware, in picoseconds.</summary>
    public long PacketCost { get; init; } = 45_000_000;

    /// <summary>SWCLK cycles of one memory word: the firmware sets TAR for each.</summary>
    public int ClocksPerWord { get; init; } = 100;

    /// <summary>SWCLK cycles of one debug port or access port register.</summary>
    public int ClocksPerRegister { get; init; } = 50;
}
