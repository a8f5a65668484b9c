using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Bench;

public sealed class BenchFileTests
{
    private const string Smallest = """
        name: small
        probe: { serial: 066DFF535550755187154723 }
        target: { uid: 34FFD905434E383719670843 }

        """;

    [Fact]
    public void Seed_IsTheReferenceBench()
    {
        var seed = BenchFile.Seed();
        Assert.Equal(("seed", "066DFF535550755187154723", BenchClockMode.Realtime), (seed.Name, seed.Probe.Serial, seed.Clock));
        Assert.Equal(("PG11", 203, "PA0"), (seed.Gpio[0].Name, seed.Gpio[0].Sysfs, seed.Gpio[0].Net));
    }

    [Fact]
    public void Read_Smallest_HasDefaults()
    {
        var bench = Read(Smallest);
        Assert.Equal(new BenchTarget("STM32F103C8", 3.3, 8_000_000, "34FFD905434E383719670843"), bench.Target);
    }

    [Fact]
    public void Read_Everything_IsTaken()
    {
        var bench = Read(Smallest + """
            clock: lockstep
            nets:
              - { name: SDA, pins: [PB7], pull: up }
            i2c:
              - name: i2c0
                sda: SDA
                scl: SDA
                targets:
                  - { name: lm75, address: 0x48, registers: [19, 80], size: 4, writable: true }
            faults:
              - { kind: cut-wire, net: SDA }
              - { kind: hold-flash, at: 1000, limit: 5 }
            """);
        Assert.Equal((BenchClockMode.Lockstep, PinDrive.PullUp, (byte)0x48), (bench.Clock, bench.Nets[0].Pull, bench.I2c[0].Targets[0].Address));
        Assert.Equal([0x19, 0x80, 0, 0], bench.I2c[0].Targets[0].Registers);
        Assert.Equal(new BenchFault(BenchFaultKind.HoldFlash) { Trigger = new FaultTrigger { At = 1000 }, HoldLimit = TimeSpan.FromSeconds(5) }, bench.Faults[1]);
    }

    [Theory]
    [InlineData("colour: red", "4:1: unknown key 'colour'")]
    [InlineData("nets: [{ name: SDA, pins: [PB7], pul: up }]", "4:34: unknown key 'pul'")]
    [InlineData("nets: [{ name: SDA, pins: [PF7] }]", "the chip has no pin PF7")]
    [InlineData("clock: fast", "4:8: 'clock: fast' has to be one of realtime, lockstep")]
    [InlineData("gpio: [{ name: PG1 }]", "the key 'net' is missing")]
    [InlineData("nets: { }", "'nets' has to be a list")]
    [InlineData("i2c: [{ name: a, sda: b, scl: c, frequency: 5 }]", "has to be a number from 1000 to 400000")]
    [InlineData("faults: [{ kind: smoke }]", "'kind: smoke' has to be one of unplug-probe")]
    [InlineData("a: [", "this is not YAML")]
    public void Read_AMistake_IsNamedWithItsPlace(string line, string expected)
    {
        var problem = Assert.Throws<BenchFileException>(() => Read(Smallest + line));
        Assert.StartsWith("small.yaml:", problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SerialThatIsTooShort_IsRefused() =>
        Assert.Contains("24 hex digits", Assert.Throws<BenchFileException>(() => Read(Smallest.Replace("066DFF53", "", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void Bench_WithALineOnAnUnknownNet_IsInvalid()
    {
        var description = Read(Smallest + "gpio: [{ name: PG1, net: PA9 }]");
        Assert.Equal("BENCH_INVALID", Assert.Throws<RequestException>(() => new VirtualBench(description)).Reason);
    }

    [Fact]
    public void Bench_WithAPinOnTwoNets_IsInvalid()
    {
        var description = Read(Smallest + "nets: [{ name: A, pins: [PA0] }, { name: B, pins: [PA0] }]");
        Assert.Equal("BENCH_INVALID", Assert.Throws<RequestException>(() => new VirtualBench(description)).Reason);
    }

    private static BenchDescription Read(string text) => BenchFile.Read(new StringReader(text), "small.yaml");
}
