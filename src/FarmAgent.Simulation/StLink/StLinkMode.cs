namespace FarmAgent.Simulation.StLink;

/// <summary>What the adapter is doing; the numbers are those of the reply to <c>F5</c>.</summary>
internal enum StLinkMode : byte
{
    Dfu = 0,
    Idle = 1,
    Debug = 2,
    Swim = 3,
}

/// <summary>Status codes of replies.</summary>
internal enum LinkStatus : byte
{
    Okay = 0x80,
    False = 0x81,
    Unknown = 0x01,
    UnknownJtagChain = 0x04,
    NoDevice = 0x05,
    CommandError = 0x08,
    GetIdCodeError = 0x09,
    AlignmentError = 0x0A,
    AccessPortWait = 0x10,
    AccessPortFault = 0x11,
    AccessPortParity = 0x13,
    DebugPortWait = 0x14,
    DebugPortFault = 0x15,
    DebugPortError = 0x16,
    DebugPortParity = 0x17,
    BadAccessPort = 0x1D,
    TraceNotAvailable = 0x20,
    FrequencyNotSupported = 0x41,
    UnknownCommand = 0x42,
}
