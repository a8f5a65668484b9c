using System.Globalization;
using System.Text;
using FarmAgent.Probes.Gdb;

namespace FarmAgent.Agent.Tunnels;

/// <summary>
/// Writes what a debugger loads as Intel HEX (revision A, 1988): it sends addresses and bytes and no file, but a receipt names one, and that
/// file can be flashed again. The same load gives the same file.
/// </summary>
internal static class IntelHexFile
{
    private const int BytesPerLine = 16;
    private const byte Data = 0x00;
    private const byte EndOfFile = 0x01;
    private const byte UpperAddress = 0x04;

    /// <summary>Makes the file.</summary>
    /// <param name="pieces">What is loaded.</param>
    public static byte[] Of(IEnumerable<GdbFlashPiece> pieces)
    {
        var text = new StringBuilder();
        uint? upper = null;
        foreach (var piece in pieces.OrderBy(p => p.Address))
        {
            for (var done = 0; done < piece.Data.Length;)
            {
                var address = piece.Address + (uint)done;
                if (upper != address >> 16)
                {
                    upper = address >> 16;
                    AddRecord(text, 0, UpperAddress, [(byte)(upper >> 8), (byte)upper]);
                }

                // A record must not run over the end of its 64 KiB.
                var length = (int)Math.Min(Math.Min(BytesPerLine, piece.Data.Length - done), 0x1_0000 - (address & 0xFFFF));
                AddRecord(text, (ushort)address, Data, piece.Data.Span.Slice(done, length));
                done += length;
            }
        }

        AddRecord(text, 0, EndOfFile, []);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void AddRecord(StringBuilder text, ushort address, byte type, ReadOnlySpan<byte> data)
    {
        var sum = data.Length + (address >> 8) + address + type;
        foreach (var value in data)
        {
            sum += value;
        }

        text.Append(CultureInfo.InvariantCulture, $":{data.Length:X2}{address:X4}{type:X2}{Convert.ToHexString(data)}{(byte)-sum:X2}\n");
    }
}
