using System.Buffers.Binary;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>
/// The assembled routines that run in the target's RAM, as half-words. Their sources are the <c>.S</c> files beside this one; a test
/// assembles those again and compares.
/// </summary>
internal static class Stm32F1Code
{
    /// <summary>Offset of <c>bkpt 0</c> in the programming routine: stopped as asked.</summary>
    public const int ProgramStop = 0x98;

    /// <summary>Offset of <c>bkpt 1</c> in the programming routine: stopped by an error.</summary>
    public const int ProgramFailed = 0xA2;

    /// <summary>Offset of <c>bkpt 0</c> in the CRC routine.</summary>
    public const int CrcDone = 0x26;

    private static readonly ushort[] ProgramHalfWords =
    [
        0xF20F, 0x0CA0, 0xE89C, 0x071F, 0xF64A, 0x2CAA, 0xF8CA, 0xC000,
        0xF101, 0x0508, 0x18AD, 0x682E, 0x42A6, 0xD1F7, 0x684E, 0x07B7,
        0xD439, 0xF8D1, 0xB000, 0x3108, 0x2734, 0x60C7, 0x07F7, 0xD509,
        0x2602, 0x6106, 0xF8C0, 0xB014, 0x2642, 0x6106, 0xF000, 0xF824,
        0x2600, 0x6106, 0x2601, 0x6106, 0xF64F, 0x7EFF, 0xF831, 0x6B02,
        0x4576, 0xD00C, 0xF8AB, 0x6000, 0xF10B, 0x0B02, 0x68C6, 0x07F7,
        0xD4FC, 0xF016, 0x0F14, 0xD118, 0x42A9, 0xD1EF, 0xE003, 0xF10B,
        0x0B02, 0x42A9, 0xD1EA, 0x2600, 0x6106, 0x601C, 0x3401, 0x3104,
        0x4549, 0xD3C3, 0x4641, 0xE7C1, 0x68C6, 0x07F7, 0xD4FC, 0x2714,
        0x423E, 0xD104, 0x4770, 0x2000, 0xBE00, 0xF1AB, 0x0B02, 0x4630,
        0x4659, 0xBE01,
    ];

    private static readonly ushort[] CrcHalfWords =
    [
        0xF20F, 0x0C24, 0xE89C, 0x041F, 0xF64A, 0x2CAA, 0xF8CA, 0xC000,
        0x2501, 0x6085, 0x4616, 0xC920, 0x6005, 0x3E01, 0xD1FB, 0x6805,
        0xC420, 0x3B01, 0xD1F2, 0xBE00,
    ];

    /// <summary>The programming routine: <c>stm32f1-program.S</c>. Its parameters follow it.</summary>
    public static byte[] Program => Bytes(ProgramHalfWords);

    /// <summary>The CRC routine: <c>stm32f1-crc.S</c>. Its parameters follow it.</summary>
    public static byte[] Crc => Bytes(CrcHalfWords);

    private static byte[] Bytes(ushort[] halfWords)
    {
        var bytes = new byte[halfWords.Length * 2];
        for (var i = 0; i < halfWords.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), halfWords[i]);
        }

        return bytes;
    }
}
