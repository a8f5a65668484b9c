namespace FarmAgent.Simulation.Mcu;

/// <summary>Bits of FLASH_CR (PM0075 section 3.5).</summary>
[Flags]
internal enum FlashControl : uint
{
    None = 0,
    Program = 1 << 0,
    PageErase = 1 << 1,
    MassErase = 1 << 2,
    OptionProgram = 1 << 4,
    OptionErase = 1 << 5,
    Start = 1 << 6,
    Lock = 1 << 7,
    OptionWriteEnable = 1 << 9,
    ErrorInterrupt = 1 << 10,
    EndInterrupt = 1 << 12,
}

/// <summary>Bits of FLASH_SR (PM0075 section 3.4).</summary>
[Flags]
internal enum FlashStatus : uint
{
    None = 0,
    Busy = 1 << 0,
    ProgrammingError = 1 << 2,
    WriteProtectionError = 1 << 4,
    EndOfOperation = 1 << 5,
}
