namespace FarmAgent.Simulation.Bench;

/// <summary>The simulated chip.</summary>
/// <param name="Chip"><c>STM32F103C8</c> or <c>STM32F103CB</c>.</param>
/// <param name="SupplyVolts">Supply of the chip in volts; below 1.92 V it does not start (DS5319 table 10).</param>
/// <param name="HseHertz">Frequency of the crystal in Hz; 0 where none is fitted, and then it never becomes ready.</param>
/// <param name="UniqueId">24 hex digits, the 12 bytes at 0x1FFFF7E8.</param>
public sealed record BenchTarget(string Chip, double SupplyVolts, int HseHertz, string UniqueId)
{
    /// <summary>Flash that the chip says it has, in KiB.</summary>
    public int NominalFlashKiB => Chip.EndsWith('B') ? 128 : 64;

    /// <summary>Flash that is there, in KiB, where it differs from what the chip says; else 0.</summary>
    public int FlashKiB { get; init; }

    /// <summary>Flash that is there, in bytes.</summary>
    public int FlashBytes => (FlashKiB == 0 ? NominalFlashKiB : FlashKiB) * 1024;

    /// <summary>Net that switches a relay in its supply; null where it is always on.</summary>
    public string? Relay { get; init; }

    /// <summary>Level of that net at which the relay is closed: true for high.</summary>
    public bool RelayClosesHigh { get; init; } = true;

    /// <summary>True where the probe's USB port feeds the chip, too.</summary>
    public bool IsFedByProbe { get; init; }

    /// <summary>How fast its flash is.</summary>
    public BenchSilicon Silicon { get; init; }

    /// <summary>Whose chip it is.</summary>
    public BenchChipVariant Variant { get; init; }
}

/// <summary>Which of the times that a datasheet gives a part has.</summary>
public enum BenchSilicon
{
    /// <summary>Typical.</summary>
    Typical,

    /// <summary>The shortest.</summary>
    Minimum,

    /// <summary>The longest.</summary>
    Maximum,
}

/// <summary>Makers of chips that pass for an STM32F103, by what tells them apart.</summary>
public enum BenchChipVariant
{
    /// <summary>STMicroelectronics.</summary>
    Genuine,

    /// <summary>CS32F103: debug port 0x2BA01477, flash size word 0.</summary>
    Cs32F103,

    /// <summary>CKS32F103 with an empty flash size: debug port 0x2BA01477, flash size half-word 0xFFFF.</summary>
    Cks32F103,

    /// <summary>GD32F103: revision 0x1303, RAM size in the upper half of the flash size word.</summary>
    Gd32F103,
}
