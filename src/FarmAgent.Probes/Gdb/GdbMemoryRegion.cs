using System.Globalization;
using System.Text;

namespace FarmAgent.Probes.Gdb;

/// <summary>What a range of the target's addresses is, as gdb distinguishes it.</summary>
public enum GdbMemoryKind
{
    /// <summary>Read and written freely: RAM and peripherals.</summary>
    Ram,

    /// <summary>Only read.</summary>
    Rom,

    /// <summary>Erased by blocks and programmed.</summary>
    Flash,
}

/// <summary>A range of the target's addresses.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First address.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="BlockSize">Of flash: the erase unit in bytes; else 0.</param>
public sealed record GdbMemoryRegion(GdbMemoryKind Kind, uint Start, long Length, int BlockSize = 0)
{
    internal bool Covers(uint address, long length) => address >= Start && address + length <= Start + Length;

    internal bool Overlaps(uint address, long length) => address < Start + Length && Start < address + length;

    /// <summary>The memory map as gdb reads it (gdb manual, "Memory Map Format").</summary>
    internal static string Describe(IEnumerable<GdbMemoryRegion> regions)
    {
        var map = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE memory-map PUBLIC \"+//IDN gnu.org//DTD GDB Memory Map V1.0//EN\" \"http://sourceware.org/gdb/gdb-memory-map.dtd\">\n<memory-map>\n");
        foreach (var region in regions)
        {
            var kind = region.Kind switch { GdbMemoryKind.Flash => "flash", GdbMemoryKind.Rom => "rom", _ => "ram" };
            map.Append(CultureInfo.InvariantCulture, $"  <memory type=\"{kind}\" start=\"0x{region.Start:x8}\" length=\"0x{region.Length:x}\"");
            map.Append(region.Kind == GdbMemoryKind.Flash ? $"><property name=\"blocksize\">0x{region.BlockSize:x}</property></memory>\n" : "/>\n");
        }

        return map.Append("</memory-map>\n").ToString();
    }
}
