namespace FarmAgent.Probes.StLink;

/// <summary>First byte of a command block.</summary>
internal enum StLinkCommand : byte
{
    GetVersion = 0xF1,
    Debug = 0xF2,
    Dfu = 0xF3,
    Swim = 0xF4,
    GetMode = 0xF5,
    GetTargetVoltage = 0xF7,
    GetExtendedVersion = 0xFB,
}

/// <summary>Second byte after <see cref="StLinkCommand.Debug"/>.</summary>
internal enum StLinkDebugCommand : byte
{
    ReadMemory32 = 0x07,
    WriteMemory32 = 0x08,
    ReadMemory8 = 0x0C,
    WriteMemory8 = 0x0D,
    Exit = 0x21,
    Enter = 0x30,
    ReadIdCodes = 0x31,
    ReadRegister = 0x33,
    WriteRegister = 0x34,
    WriteWord = 0x35,
    ReadWord = 0x36,
    DriveReset = 0x3C,
    GetLastStatus = 0x3E,
    SetSwdDivisor = 0x43,
    ReadDap = 0x45,
    WriteDap = 0x46,
    ReadMemory16 = 0x47,
    WriteMemory16 = 0x48,
    OpenAccessPort = 0x4B,
    RunBatch = 0x51,
    CollectBatch = 0x52,
    SetFrequency = 0x61,
    ListFrequencies = 0x62,
}

/// <summary>What the probe is doing (command F5; only the first byte of the reply means anything).</summary>
internal enum StLinkMode : byte
{
    Dfu = 0,
    Idle = 1,
    Debug = 2,
    Swim = 3,
    Loader = 4,
}
