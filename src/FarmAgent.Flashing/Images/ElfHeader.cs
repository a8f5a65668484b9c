using System.Buffers.Binary;

namespace FarmAgent.Flashing.Images;

/// <summary>
/// Looks at an ELF header before the library does, so that a file for another machine gets a message that helps, and a damaged one is
/// refused before anything trusts its offsets (System V ABI, chapter 4).
/// </summary>
internal static class ElfHeader
{
    public const int Length = 52;
    private const int ProgramHeaderLength = 32;
    private const uint LoadSegment = 1;
    private const byte Class32 = 1;
    private const byte LittleEndian = 1;
    private const ushort TypeExecutable = 2;
    private const ushort TypeShared = 3;
    private const ushort MachineArm = 40;

    private const string WhatToDo = "Build for Arm with arm-none-eabi-gcc (or clang --target=arm-none-eabi) and give the linked .elf.";

    /// <summary>True when the file begins like any ELF file.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> file) => file.StartsWith("\u007FELF"u8);

    /// <summary>Refuses what is not a 32-bit little-endian executable for Arm with program headers inside the file.</summary>
    public static void Check(ReadOnlySpan<byte> file, string fileName)
    {
        if (!HasMagic(file))
        {
            throw new ImageException("IMAGE_FORMAT", $"{fileName} is not an ELF file. Give the format it has, or build it again.");
        }

        if (file.Length < Length)
        {
            throw Corrupt(fileName, $"it ends within the ELF header ({file.Length} of {Length} bytes)");
        }

        RequireArm(file, fileName);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(file[28..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(file[42..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file[44..]);
        if (count == 0)
        {
            throw new ImageException("IMAGE_EMPTY", $"{fileName} has no program headers, so nothing says what to load. {WhatToDo}");
        }

        if (size != ProgramHeaderLength || offset + ((long)count * size) > file.Length)
        {
            throw Corrupt(fileName, $"its {count} program headers of {size} bytes at offset 0x{offset:X} do not lie in the file of {file.Length} bytes");
        }

        CheckSegments(file, fileName, (int)offset, count);
    }

    /// <summary>A copy whose section table is not announced: segments are all that loading needs, and a stripped or damaged table does no harm.</summary>
    public static byte[] WithoutSections(ReadOnlySpan<byte> file)
    {
        var copy = file.ToArray();
        copy.AsSpan(32, 4).Clear();
        copy.AsSpan(48, 4).Clear();
        return copy;
    }

    public static ImageException Corrupt(string fileName, string what) =>
        new("IMAGE_CORRUPT", $"{fileName} is damaged: {what}. Build or copy the file again.");

    private static void CheckSegments(ReadOnlySpan<byte> file, string fileName, int offset, int count)
    {
        var total = 0L;
        for (var i = 0; i < count; i++)
        {
            var header = file.Slice(offset + (i * ProgramHeaderLength), ProgramHeaderLength);
            var type = BinaryPrimitives.ReadUInt32LittleEndian(header);
            var at = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
            if (at + (long)length > file.Length)
            {
                throw Corrupt(fileName, $"segment {i} (offset 0x{at:X}, {length} bytes) does not lie in the file of {file.Length} bytes");
            }

            total += type == LoadSegment ? length : 0;
        }

        // Thousands of headers that all name the same bytes would need far more memory than the file has.
        if (total > 2L * file.Length)
        {
            throw Corrupt(fileName, $"its segments load {total} bytes out of a file of {file.Length}");
        }
    }

    private static void RequireArm(ReadOnlySpan<byte> file, string fileName)
    {
        var type = BinaryPrimitives.ReadUInt16LittleEndian(file[16..]);
        var machine = BinaryPrimitives.ReadUInt16LittleEndian(file[18..]);
        var problem = (file[4], file[5]) switch
        {
            (not Class32, _) => $"is a {(file[4] == 2 ? "64-bit" : "foreign")} ELF file (class {file[4]}); a Cortex-M needs a 32-bit one (class 1)",
            (_, not LittleEndian) => $"is a big-endian ELF file (data encoding {file[5]}); a Cortex-M needs a little-endian one (1)",
            _ when machine != MachineArm => $"is built for machine {machine}{MachineName(machine)}; a Cortex-M needs Arm (40)",
            _ when type is not (TypeExecutable or TypeShared) => $"is no linked program (ELF type {type}{(type == 1 ? ", an object file" : string.Empty)}; 2 is)",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ImageException("IMAGE_FORMAT", $"{fileName} {problem}. {WhatToDo}");
        }
    }

    private static string MachineName(ushort machine) => machine switch
    {
        3 => " (x86)",
        8 => " (MIPS)",
        62 => " (x86-64)",
        83 => " (AVR)",
        94 => " (Xtensa)",
        183 => " (AArch64)",
        243 => " (RISC-V)",
        _ => string.Empty,
    };
}
