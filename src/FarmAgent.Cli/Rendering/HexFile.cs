using System.Globalization;
using System.Text;

namespace FarmAgent.Cli.Rendering;

/// <summary>Bytes as Intel HEX.</summary>
internal static class HexFile
{
    private const int RecordBytes = 16;

    public static string Format(uint address, ReadOnlySpan<byte> content)
    {
        var text = new StringBuilder();
        var upper = -1;
        for (var done = 0; done < content.Length;)
        {
            var at = address + (uint)done;
            if (upper != (int)(at >> 16))
            {
                upper = (int)(at >> 16);
                Append(text, 0, 4, [(byte)(upper >> 8), (byte)upper]);
            }

            // No record runs over the end of its 64 KiB.
            var length = Math.Min(Math.Min(RecordBytes, content.Length - done), 0x1_0000 - (int)(at & 0xFFFF));
            Append(text, (ushort)at, 0, content.Slice(done, length));
            done += length;
        }

        Append(text, 0, 1, []);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ushort offset, byte type, ReadOnlySpan<byte> data)
    {
        byte[] record = [(byte)data.Length, (byte)(offset >> 8), (byte)offset, type, .. data];
        var sum = record.Aggregate((byte)0, (total, value) => (byte)(total + value));
        text.Append(CultureInfo.InvariantCulture, $":{Convert.ToHexString(record)}{(byte)-sum:X2}\n");
    }
}
