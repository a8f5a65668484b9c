namespace FarmAgent.Flashing.Algorithms;

/// <summary>Offsets of the STM32F1 flash controller (PM0075 section 3).</summary>
internal static class FlashRegisters
{
    public const uint Key = 0x04;
    public const uint OptionKey = 0x08;
    public const uint Status = 0x0C;
    public const uint Control = 0x10;
    public const uint Address = 0x14;
    public const uint OptionBytes = 0x1C;
    public const uint WriteProtection = 0x20;

    public const uint FirstKey = 0x4567_0123;
    public const uint SecondKey = 0xCDEF_89AB;
}

/// <summary>FLASH_SR (PM0075 section 3.3).</summary>
[Flags]
internal enum FlashStatus : uint
{
    None = 0,
    Busy = 1u << 0,
    ProgramError = 1u << 2,
    WriteProtected = 1u << 4,
    EndOfOperation = 1u << 5,

    /// <summary>The flags that a one clears.</summary>
    Flags = ProgramError | WriteProtected | EndOfOperation,
}

/// <summary>FLASH_CR (PM0075 section 3.4).</summary>
[Flags]
internal enum FlashControl : uint
{
    None = 0,
    Program = 1u << 0,
    PageErase = 1u << 1,
    MassErase = 1u << 2,
    OptionProgram = 1u << 4,
    OptionErase = 1u << 5,
    Start = 1u << 6,
    Lock = 1u << 7,
    OptionWriteEnable = 1u << 9,
}

/// <summary>FLASH_OBR (PM0075 section 3.6).</summary>
[Flags]
internal enum OptionByteStatus : uint
{
    None = 0,
    ReadProtected = 1u << 1,
    SoftwareWatchdog = 1u << 2,
    NoResetOnStop = 1u << 3,
    NoResetOnStandby = 1u << 4,
}
