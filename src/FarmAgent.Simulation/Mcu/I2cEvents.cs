namespace FarmAgent.Simulation.Mcu;

/// <summary>Bits of I2C_SR1 (RM0008 section 26.6.6).</summary>
[Flags]
internal enum I2cEvents : uint
{
    None = 0,
    StartSent = 1 << 0,
    AddressMatched = 1 << 1,
    ByteTransferFinished = 1 << 2,
    StopDetected = 1 << 4,
    ReceiveNotEmpty = 1 << 6,
    TransmitEmpty = 1 << 7,
    AcknowledgeFailure = 1 << 10,
    Overrun = 1 << 11,
}

/// <summary>Bits of I2C_SR2 (RM0008 section 26.6.7).</summary>
[Flags]
internal enum I2cState : uint
{
    None = 0,
    Master = 1 << 0,
    Busy = 1 << 1,
    Transmitter = 1 << 2,
    GeneralCall = 1 << 4,
    SecondAddress = 1 << 7,
}
