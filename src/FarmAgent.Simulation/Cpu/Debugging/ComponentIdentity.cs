namespace FarmAgent.Simulation.Cpu.Debugging;

/// <summary>
/// Peripheral and component identification of a CoreSight component, registers 0xFD0 to 0xFFF (ADIv5, section 13; Cortex-M3 TRM,
/// section 8.3; RM0008 section 31.6).
/// </summary>
/// <param name="Part">Part number, 12 bits.</param>
/// <param name="Class">Component class: 1 ROM table, 9 CoreSight, 14 generic.</param>
/// <param name="Designer">JEP106 code with the flag that it is one: Arm 0x3B, STMicroelectronics 0x20.</param>
/// <param name="Continuation">JEP106 continuation count: Arm 4, STMicroelectronics 0.</param>
/// <param name="Revision">Revision, 4 bits.</param>
internal sealed record ComponentIdentity(uint Part, uint Class, uint Designer, uint Continuation, uint Revision)
{
    /// <summary>System control space of a Cortex-M3.</summary>
    public static readonly ComponentIdentity ControlSpace = Arm(0x000, 0);

    /// <summary>DWT.</summary>
    public static readonly ComponentIdentity Watchpoint = Arm(0x002, 0);

    /// <summary>FPB.</summary>
    public static readonly ComponentIdentity Breakpoint = Arm(0x003, 0);

    /// <summary>ITM.</summary>
    public static readonly ComponentIdentity Instrumentation = Arm(0x001, 0);

    /// <summary>TPIU, a CoreSight component.</summary>
    public static readonly ComponentIdentity TracePort = new(0x923, 9, 0x3B, 4, 0);

    /// <summary>The chip's ROM table: device 0x410 by STMicroelectronics.</summary>
    public static readonly ComponentIdentity MediumDensityChip = new(0x410, 1, 0x20, 0, 0);

    /// <summary>The ROM table that comes with the core, where a chip maker left it as it was.</summary>
    public static readonly ComponentIdentity CoreDefault = new(0x4C3, 1, 0x3B, 4, 0);

    /// <summary>The register at an offset; 0 where there is none.</summary>
    public uint Read(uint offset) => offset switch
    {
        0xFD0 => Continuation,
        0xFE0 => Part & 0xFF,
        0xFE4 => ((Part >> 8) & 15) | ((Designer & 15) << 4),
        0xFE8 => (Designer >> 4) | 8 | (Revision << 4),
        0xFF0 => 0x0D,
        0xFF4 => Class << 4,
        0xFF8 => 0x05,
        0xFFC => 0xB1,
        _ => 0,
    };

    private static ComponentIdentity Arm(uint part, uint revision) => new(part, 14, 0x3B, 4, revision);
}
