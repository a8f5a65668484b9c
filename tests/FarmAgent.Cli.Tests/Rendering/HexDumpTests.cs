using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Tests.Rendering;

public sealed class HexDumpTests
{
    [Fact]
    public void Write_LastLineIsShort_KeepsTheTextColumnInPlace()
    {
        using var writer = new StringWriter();
        HexDump.Write(writer, 0x08000000, [.. Enumerable.Range('A', 18).Select(value => (byte)value)]);
        Assert.Equal(
            """
            08000000  41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E 4F 50  ABCDEFGHIJKLMNOP
            08000010  51 52                                            QR

            """,
            writer.ToString());
    }
}
