namespace FarmAgent.Simulation.Faults;

/// <summary>What happens on the bench one by one, and can therefore be counted until a fault strikes.</summary>
public enum FaultStream
{
    /// <summary>Nothing is counted: the fault is there at once, or after a time.</summary>
    None,

    /// <summary>Bulk transfers of the probe, in both directions.</summary>
    UsbTransfers,

    /// <summary>Transfers on SWD that the target answers.</summary>
    SwdTransfers,

    /// <summary>Half-words of main flash whose programming starts.</summary>
    HalfWords,

    /// <summary>Bytes on I2C, address bytes included.</summary>
    I2cBytes,

    /// <summary>Frames on a serial line, counted for each wire of its own.</summary>
    UartFrames,
}
