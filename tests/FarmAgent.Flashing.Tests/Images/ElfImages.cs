using System.Buffers.Binary;

namespace FarmAgent.Flashing.Tests.Images;

/// <summary>Writes small ELF files field by field (System V ABI, chapters 4 and 5).</summary>
internal static class ElfImages
{
    /// <summary>A file with the given loadable segments.</summary>
    public static byte[] Make(params (uint Physical, uint Virtual, byte[] Data)[] segments)
    {
        var offset = 52 + (32 * segments.Length);
        var file = new byte[offset + segments.Sum(s => s.Data.Length)];
        "\u007FELF"u8.CopyTo(file);
        file[4] = 1;
        file[5] = 1;
        file[6] = 1;
        Half(file, 16, 2);
        Half(file, 18, 40);
        Word(file, 20, 1);
        Word(file, 24, 0x0800_0101);
        Word(file, 28, 52);
        Half(file, 40, 52);
        Half(file, 42, 32);
        Half(file, 44, (ushort)segments.Length);
        Half(file, 46, 40);
        for (var i = 0; i < segments.Length; i++)
        {
            var header = 52 + (32 * i);
            Word(file, header, 1);
            Word(file, header + 4, (uint)offset);
            Word(file, header + 8, segments[i].Virtual);
            Word(file, header + 12, segments[i].Physical);
            Word(file, header + 16, (uint)segments[i].Data.Length);
            Word(file, header + 20, (uint)segments[i].Data.Length + 64);
            Word(file, header + 24, 5);
            Word(file, header + 28, 4);
            segments[i].Data.CopyTo(file, offset);
            offset += segments[i].Data.Length;
        }

        return file;
    }

    private static void Word(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);

    private static void Half(byte[] file, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
}
