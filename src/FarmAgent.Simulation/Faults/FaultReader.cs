using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Faults;

/// <summary>Reads one fault of a bench file or a script.</summary>
internal static class FaultReader
{
    private const int MostStrikes = 1_000_000_000;

    public static BenchFault Read(YamlMapping map)
    {
        var entry = ReadKind(map);
        var fault = new BenchFault(entry.Kind)
        {
            Trigger = ReadTrigger(map, entry),
            Net = Text(map, entry, "net", isNeeded: entry.Kind is BenchFaultKind.CutWire or BenchFaultKind.BridgeWires or BenchFaultKind.StuckWire),
            Endpoint = Text(map, entry, "end"),
            To = Text(map, entry, "to", isNeeded: true),
            Bus = Text(map, entry, "bus"),
        };
        foreach (var key in entry.Keys)
        {
            fault = ReadOwn(map, key, fault);
        }

        map.RefuseOthers();
        return fault;
    }

    private static FaultEntry ReadKind(YamlMapping map)
    {
        var word = map.Text("kind");
        return FaultCatalog.All.FirstOrDefault(e => e.Word == word)
            ?? throw map.Problem("kind", $"'kind: {word}' has to be one of {string.Join(", ", FaultCatalog.All.Select(e => e.Word))}");
    }

    private static FaultTrigger ReadTrigger(YamlMapping map, FaultEntry entry)
    {
        var canCount = entry.Stream != FaultStream.None || map.Has("of");
        if (map.Has("at") && !canCount)
        {
            throw map.Problem("at", $"'at' does not say what is counted; add 'of', one of {string.Join(", ", FaultCatalog.Streams.Select(s => s.Word))}");
        }

        var strikesMany = !entry.IsLasting && entry.Kind != BenchFaultKind.HoldFlash;
        if (map.Has("count") && !strikesMany)
        {
            throw map.Problem("count", $"{entry.Word} begins once and has no 'count'; write 'for' to end it, or several faults");
        }

        if (map.Has("for") && !entry.IsLasting)
        {
            throw map.Problem("for", $"{entry.Word} strikes one after the other and has no 'for'; write 'count'");
        }

        if (entry.Kind == BenchFaultKind.I2cStretch && !map.Has("for"))
        {
            throw map.Problem("kind", "how long the clock is held is missing; write 'for', for example 'for: 5ms'");
        }

        var trigger = new FaultTrigger
        {
            At = map.Number("at", 1, 1, MostStrikes),
            Of = ReadStream(map),
            After = map.Duration("after") ?? TimeSpan.Zero,
            Count = map.OptionalText("count") == "endless" ? FaultTrigger.Endless : map.Number("count", 1, 1, MostStrikes),
            For = map.Duration("for"),
        };
        return entry.Stream == FaultStream.None || trigger.Of == FaultStream.None || trigger.Of == entry.Stream
            ? trigger
            : throw map.Problem("of", $"{entry.Word} counts {FaultCatalog.Streams.First(s => s.Stream == entry.Stream).Word} and nothing else; leave 'of' out");
    }

    private static FaultStream ReadStream(YamlMapping map) => map.Choice("of", FaultStream.None, [.. FaultCatalog.Streams]);

    private static BenchFault ReadOwn(YamlMapping map, string key, BenchFault fault) => key switch
    {
        "direction" => fault with
        {
            Direction = map.Choice(key, UsbDirection.Any, ("any", UsbDirection.Any), ("out", UsbDirection.Out), ("in", UsbDirection.In)),
        },
        "missing" => fault with { Missing = map.Number(key, 1, 1, 64) },
        "level" => fault with { High = map.Choice(key, false, ("low", false), ("high", true)) },
        "volts" => fault with { Volts = map.Decimal(key, absent: double.NaN) is var volts && volts is >= 0 and <= 5.5 ? volts : throw map.Problem(key, "'volts' has to be a voltage from 0 to 5.5, for example 1.5") },
        "limit" => fault with { HoldLimit = TimeSpan.FromSeconds(map.Number(key, (int)BenchFault.DefaultHoldLimit.TotalSeconds, 1, 3_600)) },
        "bits" => fault with { Bits = (uint)map.Number(key, 0, 0, 0xFFF) },
        "uid" => fault with { Chip = new BenchTarget("STM32F103C8", 3.3, 8_000_000, BenchFile.ReadHex24(map, key)) },
        _ => fault,
    };

    private static string? Text(YamlMapping map, FaultEntry entry, string key, bool isNeeded = false) =>
        !entry.Keys.Contains(key) ? null : isNeeded ? map.Text(key) : map.OptionalText(key);
}
