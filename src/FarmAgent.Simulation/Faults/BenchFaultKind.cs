namespace FarmAgent.Simulation.Faults;

/// <summary>What a fault does to the bench. <see cref="FaultCatalog"/> has the word, the trigger and the keys of each.</summary>
public enum BenchFaultKind
{
    /// <summary>The probe is pulled out of its USB port.</summary>
    UnplugProbe,

    /// <summary>A USB transfer ends with STALL, and its endpoint stays halted until the halt is cleared.</summary>
    UsbStall,

    /// <summary>A USB transfer runs into its time limit; what was sent does not arrive, a reply stays queued in the probe.</summary>
    UsbTimeout,

    /// <summary>A reply is some bytes shorter than it should be; these are lost.</summary>
    UsbShortReply,

    /// <summary>The reply before this one comes once more, so that every later reply is one late.</summary>
    UsbStaleReply,

    /// <summary>An SWD transfer to an access port is answered WAIT.</summary>
    SwdWait,

    /// <summary>Data read by SWD arrives with a wrong parity bit.</summary>
    SwdParity,

    /// <summary>A wire is cut at its ends on the chip, or at one named end.</summary>
    CutWire,

    /// <summary>Two wires touch.</summary>
    BridgeWires,

    /// <summary>A wire is shorted to ground or to the supply.</summary>
    StuckWire,

    /// <summary>The chip has no supply.</summary>
    PowerOff,

    /// <summary>The chip's supply sags.</summary>
    BrownOut,

    /// <summary>Another chip sits in the socket: blank, with a unique id of its own.</summary>
    SwapChip,

    /// <summary>Programming stops at a half-word: the flash stays busy and the bench's time stands still until the hold is released.</summary>
    HoldFlash,

    /// <summary>The acknowledge bit of a byte from the host reads 1.</summary>
    I2cNack,

    /// <summary>Somebody holds SCL low after a byte.</summary>
    I2cStretch,

    /// <summary>Another controller drives SDA during a byte.</summary>
    I2cArbitrationLost,

    /// <summary>Bits of a serial frame are turned over, and its receiver sees noise.</summary>
    UartNoise,

    /// <summary>A serial frame meets a receiver that still holds the one before.</summary>
    UartOverrun,
}
