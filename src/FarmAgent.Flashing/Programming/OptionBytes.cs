namespace FarmAgent.Flashing.Programming;

/// <summary>Option bytes of an STM32F1 (PM0075 section 2.2).</summary>
public sealed record OptionBytes
{
    /// <summary>Debuggers can neither read nor program the flash.</summary>
    public required bool ReadProtected { get; init; }

    /// <summary>The independent watchdog starts with every reset.</summary>
    public required bool HardwareWatchdog { get; init; }

    /// <summary>The chip is reset when it enters Stop mode.</summary>
    public required bool ResetOnStop { get; init; }

    /// <summary>The chip is reset when it enters Standby mode.</summary>
    public required bool ResetOnStandby { get; init; }

    /// <summary>User data.</summary>
    public required byte Data0 { get; init; }

    /// <summary>User data.</summary>
    public required byte Data1 { get; init; }

    /// <summary>A bit for each 4 KiB, the last one for all the rest: 0 is write-protected.</summary>
    public required uint WriteProtection { get; init; }
}

/// <summary>What a change of option bytes may cost; each has to be accepted by name.</summary>
public enum AcceptedLoss
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Debuggers lose the flash until the protection goes, which erases it.</summary>
    FlashAccess,

    /// <summary>The whole flash is erased.</summary>
    FlashContent,
}
