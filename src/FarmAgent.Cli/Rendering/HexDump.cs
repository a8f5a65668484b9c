using System.Text;

namespace FarmAgent.Cli.Rendering;

/// <summary>Memory as address, hex bytes and text, sixteen bytes a line.</summary>
internal static class HexDump
{
    private const int BytesPerLine = 16;

    public static void Write(TextWriter writer, uint address, ReadOnlySpan<byte> bytes)
    {
        var line = new StringBuilder();
        for (var start = 0; start < bytes.Length; start += BytesPerLine)
        {
            var row = bytes.Slice(start, Math.Min(BytesPerLine, bytes.Length - start));
            line.Clear().Append($"{address + (uint)start:X8} ");
            for (var i = 0; i < BytesPerLine; i++)
            {
                line.Append(i < row.Length ? $" {row[i]:X2}" : "   ");
            }

            line.Append("  ");
            foreach (var value in row)
            {
                line.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
            }

            writer.WriteLine(line.ToString());
        }
    }
}
