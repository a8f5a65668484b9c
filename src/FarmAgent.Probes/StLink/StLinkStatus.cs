namespace FarmAgent.Probes.StLink;

/// <summary>First byte of a status reply.</summary>
internal enum StLinkStatus : byte
{
    Unknown = 0x01,
    SpiError = 0x02,
    DmaError = 0x03,
    UnknownChain = 0x04,
    NoDevice = 0x05,
    InternalError = 0x06,
    CommandWait = 0x07,
    CommandError = 0x08,
    IdCodeError = 0x09,
    AlignmentError = 0x0A,
    DebugPowerError = 0x0B,
    WriteError = 0x0C,
    WriteVerifyError = 0x0D,
    OtherMode = 0x0E,
    ApWait = 0x10,
    ApFault = 0x11,
    ApError = 0x12,
    ApParity = 0x13,
    DpWait = 0x14,
    DpFault = 0x15,
    DpError = 0x16,
    DpParity = 0x17,
    ApWriteDataError = 0x18,
    ApStickyError = 0x19,
    ApOverrun = 0x1A,
    BadAccessPort = 0x1D,
    SwvUnavailable = 0x20,
    FrequencyUnsupported = 0x41,
    UnknownCommand = 0x42,
    Ok = 0x80,
    Fault = 0x81,
}

/// <summary>What to do about a status.</summary>
internal enum StLinkReaction
{
    /// <summary>Go on.</summary>
    Done,

    /// <summary>The target's bus was not ready and nothing happened: send it again after a pause.</summary>
    RetryLater,

    /// <summary>Noise on the wires: send it again once.</summary>
    RetryOnce,

    /// <summary>The access port was not opened: open it, then send again once.</summary>
    OpenPort,

    /// <summary>A sticky error of an earlier access is in the way: clear it, then send again once.</summary>
    ClearSticky,

    /// <summary>It has failed.</summary>
    Fail,
}
