using FarmAgent.Simulation.StLink;

namespace FarmAgent.Simulation.Bench;

/// <summary>The probe and the chip of a bench file.</summary>
public static partial class BenchFile
{
    private static BenchProbe ReadProbe(YamlMapping map)
    {
        var probe = new BenchProbe(ReadHex24(map, "serial"), map.OptionalText("port") ?? "1-1")
        {
            Product = map.Number("product", 0, 1, 0xFFFF),
            SerialForm = map.Choice("serial_form", BenchSerialForm.Hex, ("hex", BenchSerialForm.Hex), ("binary", BenchSerialForm.Binary),
                ("placeholder", BenchSerialForm.Placeholder), ("none", BenchSerialForm.None)),
            Start = map.Choice("power_up", BenchProbeStart.Usual,
                ("dfu", BenchProbeStart.Dfu), ("mass-storage", BenchProbeStart.MassStorage), ("debug", BenchProbeStart.Debug),
                ("swim", BenchProbeStart.Swim), ("loader", BenchProbeStart.Loader)),
            StaleReply = map.Flag("stale_reply"),
            NrstWired = IsWired(map, "nrst"),
            SupplySensed = IsWired(map, "supply_sense"),
        };
        probe = map.OptionalText("firmware") is { } firmware ? probe with { Firmware = firmware } : probe;
        if (!FirmwareVersion.TryParse(probe.Firmware, out _))
        {
            throw map.Problem("firmware", $"'{probe.Firmware}' is no firmware of an ST-LINK such as V2J37S7, V2J37M27 or V3J13M4B5S1");
        }

        map.RefuseOthers();
        return probe;
    }

    private static BenchTarget ReadTarget(YamlMapping map)
    {
        var target = new BenchTarget(
            map.Choice("chip", "STM32F103C8", ("STM32F103C8", "STM32F103C8"), ("STM32F103CB", "STM32F103CB")),
            map.Decimal("supply", 3.3),
            map.Number("hse", 8_000_000, 0, 25_000_000),
            ReadHex24(map, "uid"))
        {
            Relay = map.OptionalText("relay"),
            RelayClosesHigh = map.Choice("relay_closes", true, ("high", true), ("low", false)),
            IsFedByProbe = map.Choice("fed_by", false, ("own", false), ("probe", true)),
            FlashKiB = map.Choice("flash", 0, ("64", 64), ("128", 128)),
            Silicon = map.Choice("silicon", BenchSilicon.Typical, ("typ", BenchSilicon.Typical), ("min", BenchSilicon.Minimum), ("max", BenchSilicon.Maximum)),
            Variant = map.Choice("variant", BenchChipVariant.Genuine,
                ("genuine", BenchChipVariant.Genuine), ("CS32F103", BenchChipVariant.Cs32F103), ("CKS32F103", BenchChipVariant.Cks32F103),
                ("GD32F103", BenchChipVariant.Gd32F103)),
        };
        map.RefuseOthers();
        return target;
    }

    private static bool IsWired(YamlMapping map, string key) => map.Choice(key, true, ("wired", true), ("open", false));

    internal static string ReadHex24(YamlMapping map, string key)
    {
        var text = map.Text(key);
        return text.Length == 24 && text.All(char.IsAsciiHexDigit)
            ? text.ToUpperInvariant()
            : throw map.Problem(key, $"'{key}: {text}' has to be 24 hex digits");
    }
}
