using System.Buffers.Binary;

namespace FarmAgent.Flashing.Planning;

/// <summary>
/// The CRC-32 of the STM32's CRC unit (RM0008 chapter 4): polynomial 0x04C11DB7, start 0xFFFFFFFF, fed with little-endian 32-bit words from
/// their top bit, not reflected, no final XOR. Receipts carry it whoever computed it.
/// </summary>
public static class FlashCrc
{
    private const uint Polynomial = 0x04C1_1DB7;
    private static readonly uint[] Table = MakeTable();

    /// <summary>Computes the CRC of a sector.</summary>
    /// <param name="data">Bytes, a multiple of 4.</param>
    public static uint Compute(ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(data.Length % 4, 0);
        var crc = 0xFFFF_FFFF;
        for (; !data.IsEmpty; data = data[4..])
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(data);
            for (var i = 0; i < 4; i++)
            {
                crc = (crc << 8) ^ Table[crc >> 24];
            }
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 0x8000_0000) != 0 ? (value << 1) ^ Polynomial : value << 1;
            }

            table[i] = value;
        }

        return table;
    }
}
