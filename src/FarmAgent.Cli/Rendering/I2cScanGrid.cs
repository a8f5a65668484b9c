using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>The grid that i2cdetect made familiar, and below it what the addresses are.</summary>
internal static class I2cScanGrid
{
    private const int FirstAddress = 0x08;
    private const int LastAddress = 0x77;

    public static void Write(TextWriter writer, IReadOnlyCollection<ScanHit> hits)
    {
        var byAddress = hits.ToDictionary(hit => (int)hit.Address);
        writer.WriteLine("     0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f");
        for (var row = 0; row < 0x80; row += 0x10)
        {
            var cells = Enumerable.Range(row, 16).Select(address => address switch
            {
                < FirstAddress or > LastAddress => "  ",
                _ => byAddress.ContainsKey(address) ? $"{address:x2}" : "--",
            });
            writer.WriteLine($"{row:x2}: {string.Join(' ', cells)}".TrimEnd());
        }

        foreach (var hit in hits.Where(hit => hit.Description.Length > 0))
        {
            writer.WriteLine($"{hit.Address:x2} {hit.Description}");
        }
    }
}
