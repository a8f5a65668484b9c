using FarmAgent.Flashing.Programming;

namespace FarmAgent.Benchmarks;

/// <summary>What a flash costs on the twin, ours and what Debian has, with one model of USB, SWD, flash and CPU: docs/fidelity.md.</summary>
internal static class FlashBenchmark
{
    private const int ImageBytes = 12_316;
    private const int FlashBytes = 65_536;
    private const int PageBytes = 1024;

    // Typical silicon: a page or the whole flash erases in 20 ms, a half-word takes 52.5 us (DS5319 table 28).
    private const double EraseMilliseconds = 20;
    private const double HalfWordMilliseconds = 0.0525;

    private static readonly FlashOptions Pages = new() { Verify = VerifyMethod.Crc, SectorsOnly = true };
    private static readonly FlashOptions Usual = new() { Verify = VerifyMethod.Crc };

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var before = Noise(FlashBytes, 1);
        var small = Noise(ImageBytes, 2);
        var whole = Noise(FlashBytes, 3);
        var changed = whole.ToArray();
        changed[(30 * PageBytes) + 7] ^= 0x55;
        var folder = Directory.CreateTempSubdirectory("farm-bench-");
        try
        {
            var peers = new FlashPeers(folder.FullName, before);
            return
            [
                .. Case("12,316 B, page erase, verify", Ours(before, small, Pages), 680, 60, Bound(ImageBytes, 13, 13), await peers.RunAsync(small, "st-flash", "openocd")),
                .. Case("65,536 B, mass erase, verify", Ours(before, whole, Usual), 1950, 100, Bound(FlashBytes, 64, 1), await peers.RunAsync(whole, "openocd")),
                .. Case("65,536 B, page erase, verify", Ours(before, whole, Pages), 3250, null, Bound(FlashBytes, 64, 64), await peers.RunAsync(whole, "st-flash")),
                .. Case("65,536 B again, identical", Ours(whole, whole, Usual), 150, null, 0, []),
                .. Case("65,536 B, one page changed", Ours(whole, changed, Usual), 250, null, Bound(PageBytes, 1, 1), []),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Figure> Case(
        string name, FlashCost ours, double goalMilliseconds, double? goalCommands, double bound, IReadOnlyList<FlashCost> peers)
    {
        var best = peers.MinBy(p => p.Milliseconds);
        yield return new Figure(name, ours.Milliseconds, "ms", goalMilliseconds)
        {
            Bound = bound,
            Peer = string.Join(", ", peers.Select(p => $"{p.Tool} {p.Milliseconds:0}")),
            PeerValue = best?.Milliseconds,
        };
        yield return new Figure(name + ": USB commands", ours.Commands, "", goalCommands ?? ours.Commands)
        {
            Peer = string.Join(", ", peers.Select(p => $"{p.Tool} {p.Commands}")),
            PeerValue = peers.Count == 0 ? null : peers.Min(p => p.Commands),
        };
    }

    /// <summary>What the flash itself takes; the verification and the wires come on top.</summary>
    private static double Bound(int bytes, int pages, int erases) =>
        pages == 0 ? 0 : (bytes / 2 * HalfWordMilliseconds) + (erases * EraseMilliseconds);

    private static FlashCost Ours(byte[] present, byte[] image, FlashOptions options)
    {
        using var bench = new FlashBenchOnTwin();
        bench.Flash(present, Usual);
        bench.Usb.Restart();
        bench.Flash(image, options);
        return bench.RequireContent(image, "farmctl");
    }

    /// <summary>Without a pattern; no half-word of it is erased, so nothing may be skipped.</summary>
    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        for (var i = 0; i < length; i++)
        {
            bytes[i] &= 0x7F;
        }

        return bytes;
    }
}
