namespace FarmAgent.Probes.Gdb;

/// <summary>What the stub is told of the chip; all of it is chip data that this layer does not have.</summary>
public sealed record GdbTarget
{
    // ARMv7-M ARM table B3-1: peripherals with their bit-band alias, external devices, and the core's own registers are the same on every chip.
    private static readonly GdbMemoryRegion[] Architecture =
    [
        new(GdbMemoryKind.Ram, 0x2200_0000, 0x0200_0000),
        new(GdbMemoryKind.Ram, 0x4000_0000, 0x2000_0000),
        new(GdbMemoryKind.Ram, 0xE000_0000, 0x2000_0000),
    ];

    /// <summary>Name of the chip, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Flash, RAM and ROM of the chip in ascending order.</summary>
    public required IReadOnlyList<GdbMemoryRegion> Regions { get; init; }

    /// <summary>The chip's regions and those that every Cortex-M has.</summary>
    internal IEnumerable<GdbMemoryRegion> AllRegions => Regions.Concat(Architecture).OrderBy(r => r.Start);

    internal GdbMemoryRegion? FlashAt(uint address, long length) =>
        Regions.FirstOrDefault(r => r.Kind == GdbMemoryKind.Flash && r.Overlaps(address, length));

    internal bool IsRam(uint address, long length) => Regions.Any(r => r.Kind == GdbMemoryKind.Ram && r.Covers(address, length));
}
