using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class FaultScriptTests
{
    [Fact]
    public void Read_AScript_KeepsOrderTriggerAndTarget()
    {
        var faults = Read("""
            faults:
              - { kind: usb-stall, at: 12, count: 3, direction: in }
              - { kind: stuck-wire, net: SDA, level: low, after: 5ms, for: 1.5s }
              - { kind: power-off, of: half-words, at: 300 }
            """);
        Assert.Equal(
            [
                new BenchFault(BenchFaultKind.UsbStall) { Trigger = new FaultTrigger { At = 12, Count = 3 }, Direction = UsbDirection.In },
                new BenchFault(BenchFaultKind.StuckWire)
                {
                    Net = "SDA",
                    Trigger = new FaultTrigger { After = TimeSpan.FromMilliseconds(5), For = TimeSpan.FromSeconds(1.5) },
                },
                new BenchFault(BenchFaultKind.PowerOff) { Trigger = new FaultTrigger { Of = FaultStream.HalfWords, At = 300 } },
            ],
            faults);
    }

    [Theory]
    [InlineData("{ kind: usb-stal }", "3:13: 'kind: usb-stal' has to be one of unplug-probe, usb-stall")]
    [InlineData("{ at: 3 }", "3:5: the key 'kind' is missing")]
    [InlineData("{ kind: usb-stall, net: SDA }", "3:24: unknown key 'net'; known here are after, at, count, direction, for, kind, of")]
    [InlineData("{ kind: usb-stall, at: 0 }", "3:28: 'at: 0' has to be a number from 1 to 1000000000")]
    [InlineData("{ kind: usb-stall, for: 5ms }", "3:29: usb-stall strikes one after the other and has no 'for'; write 'count'")]
    [InlineData("{ kind: usb-stall, of: i2c-bytes }", "3:28: usb-stall counts usb-transfers and nothing else; leave 'of' out")]
    [InlineData("{ kind: power-off, at: 3 }", "3:28: 'at' does not say what is counted; add 'of', one of usb-transfers")]
    [InlineData("{ kind: power-off, of: bytes }", "3:28: 'of: bytes' has to be one of usb-transfers")]
    [InlineData("{ kind: power-off, count: 2 }", "3:31: power-off begins once and has no 'count'")]
    [InlineData("{ kind: power-off, for: 5 }", "3:29: 'for: 5' is no time such as 250us, 5ms, 2s or 1min")]
    [InlineData("{ kind: power-off, for: 2h }", "3:29: 'for: 2h' is no time")]
    [InlineData("{ kind: cut-wire }", "3:5: the key 'net' is missing")]
    [InlineData("{ kind: bridge-wires, net: PA0 }", "3:5: the key 'to' is missing")]
    [InlineData("{ kind: stuck-wire, net: PA0, level: up }", "3:42: 'level: up' has to be one of low, high")]
    [InlineData("{ kind: brown-out, volts: 9 }", "3:31: 'volts' has to be a voltage from 0 to 5.5")]
    [InlineData("{ kind: brown-out }", "'volts' has to be a voltage from 0 to 5.5")]
    [InlineData("{ kind: i2c-stretch, at: 2 }", "write 'for', for example 'for: 5ms'")]
    [InlineData("{ kind: swap-chip, uid: 12 }", "3:29: 'uid: 12' has to be 24 hex digits")]
    [InlineData("{ kind: uart-noise, bits: 0x1FFF }", "3:31: 'bits: 0x1FFF' has to be a number from 0 to 4095")]
    public void Read_AMistake_IsNamedWithItsPlaceAndWhatIsRight(string entry, string expected)
    {
        var mistake = Assert.Throws<BenchFileException>(() => Read($"# script\nfaults:\n  - {entry}"));
        Assert.StartsWith("script.yaml:3:", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("faults: []", "the script has no fault")]
    [InlineData("fault: []", "unknown key 'fault'")]
    [InlineData("[1, 2]", "a mapping of keys is expected here")]
    [InlineData("faults: {", "this is not YAML")]
    [InlineData("", "one YAML document is expected")]
    public void Read_NotAScript_SaysSo(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<BenchFileException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kind: cut-wire, net: PZ9", "NET_UNKNOWN")]
    [InlineData("kind: cut-wire, net: SDA, end: moon", "NET_UNKNOWN")]
    [InlineData("kind: i2c-nack, bus: i2c9", "I2C_ADAPTER_UNKNOWN")]
    [InlineData("kind: uart-noise, net: SDA", "NET_UNKNOWN")]
    public void Apply_APartThatTheBenchLacks_IsRefused(string entry, string reason)
    {
        using var bench = new FaultBench();
        Assert.Equal(reason, Assert.Throws<RequestException>(() => bench.Make(entry)).Reason);
        Assert.Empty(bench.Bench.Faults.List());
    }

    [Fact]
    public void Catalog_HasEveryKindOnce()
    {
        Assert.Equal(Enum.GetValues<BenchFaultKind>(), FaultCatalog.All.Select(e => e.Kind));
        Assert.Equal(FaultCatalog.All.Count, FaultCatalog.All.Select(e => e.Word).Distinct(StringComparer.Ordinal).Count());
    }

    private static IReadOnlyList<BenchFault> Read(string text)
    {
        using var reader = new StringReader(text);
        return FaultScript.Read(reader, "script.yaml");
    }
}
