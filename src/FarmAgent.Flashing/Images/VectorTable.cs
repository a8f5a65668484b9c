using System.Buffers.Binary;

namespace FarmAgent.Flashing.Images;

/// <summary>The first two words of a program: initial stack pointer and reset vector (ARMv7-M ARM section B1.5.3).</summary>
internal static class VectorTable
{
    /// <summary>Looks whether an image that begins at the flash's base can start; says in words what speaks against it, else null.</summary>
    /// <param name="image">The image.</param>
    /// <param name="flashBase">Where the core looks for the table after reset.</param>
    /// <param name="ram">All RAM that a chip of the family may have.</param>
    public static string? FindProblem(FirmwareImage image, uint flashBase, AddressRange ram)
    {
        Span<byte> table = stackalloc byte[8];
        if (image.CopyTo(flashBase, table) != table.Length)
        {
            return null;
        }

        var stack = BinaryPrimitives.ReadUInt32LittleEndian(table);
        var reset = BinaryPrimitives.ReadUInt32LittleEndian(table[4..]);
        var problem = stack <= ram.Start || stack > ram.End || stack % 4 != 0
            ? $"the initial stack pointer 0x{stack:X8} is not in RAM ({ram})"
            : reset % 2 == 0
                ? $"the reset vector 0x{reset:X8} has no Thumb bit"
                : !image.Touches(new AddressRange(reset & ~1u, 2)) ? $"the reset vector 0x{reset:X8} lies outside the image" : null;
        return problem is null
            ? null
            : $"IMAGE_VECTORS_IMPLAUSIBLE: {image.Name} is unlikely to start: {problem}. Check the address it was built and loaded for.";
    }
}
