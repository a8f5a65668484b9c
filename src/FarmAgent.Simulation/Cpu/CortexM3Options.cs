using FarmAgent.Simulation.Cpu.Debugging;

namespace FarmAgent.Simulation.Cpu;

/// <summary>What a chip maker chooses when he takes a Cortex-M3 into a chip.</summary>
internal sealed record CortexM3Options
{
    /// <summary>Interrupt inputs, 1 to 240 (43 on a medium-density STM32F103, RM0008 table 63).</summary>
    public int InterruptLines { get; init; } = 43;

    /// <summary>Implemented bits of a priority, 3 to 8 (4 on STM32).</summary>
    public int PriorityBits { get; init; } = 4;

    /// <summary>Identification of the ROM table, by which debuggers know the chip.</summary>
    public ComponentIdentity RomTable { get; init; } = ComponentIdentity.MediumDensityChip;
}
