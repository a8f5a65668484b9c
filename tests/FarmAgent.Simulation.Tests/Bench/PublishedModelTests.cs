using System.Globalization;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.I2c;
using FarmAgent.Simulation.Mcu;
using FarmAgent.Simulation.StLink;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;

namespace FarmAgent.Simulation.Tests.Bench;

/// <summary>Holds the published timing model and the published list of faults to the code.</summary>
public sealed class PublishedModelTests
{
    private static readonly string[] Fidelity = File.ReadAllLines(RepositoryFiles.At("docs/fidelity.md"));
    private static readonly StLinkOptions Probe = new();

    public static TheoryData<string, string> Figures => new()
    {
        { "half-word programmed", Three(t => t.Program, BenchTime.Microsecond, "us") },
        { "page or option bytes erased", Three(t => t.PageErase, BenchTime.Millisecond, "ms") },
        { "mass erase", Three(t => t.MassErase, BenchTime.Millisecond, "ms") },
        { "bulk transfer, the host's share", One(Probe.TransferCost, BenchTime.Microsecond, "us") },
        { "each packet of it", One(Probe.PacketCost, BenchTime.Microsecond, "us") },
        { "memory word by SWD", $"{Probe.ClocksPerWord} | SWCLK" },
        { "debug or access port register by SWD", $"{Probe.ClocksPerRegister} | SWCLK" },
        { "USB reset until the probe is back", One(StLinkPipe.ReenumerationTime, BenchTime.Millisecond, "ms") },
        { "I2C host before START", One(VirtualI2cBus.SetUpTime, BenchTime.Microsecond, "us") },
        { "I2C host after STOP", One(VirtualI2cBus.CompletionTime, BenchTime.Microsecond, "us") },
        { "power-on reset ends at", string.Create(CultureInfo.InvariantCulture, $"{VirtualBench.PowerOnResetVolts} | V") },
        { "power-down reset begins at", string.Create(CultureInfo.InvariantCulture, $"{VirtualBench.PowerDownResetVolts} | V") },
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void Fidelity_TimingModel_IsTheCodes(string row, string figures) =>
        Assert.StartsWith($"| {row} | {figures} |", Assert.Single(Fidelity, l => l.StartsWith($"| {row} |", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Faults_Document_HasEveryKindWithItsKeys()
    {
        var rows = File.ReadAllLines(RepositoryFiles.At("docs/faults.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('|')).Where(c => c.Length == 7).Select(c => (c[1].Trim(' ', '`'), c[3].Replace("`", "", StringComparison.Ordinal).Trim()));
        Assert.Equal(FaultCatalog.All.Select(e => (e.Word, string.Join(", ", e.Keys))), rows);
    }

    [Theory]
    [InlineData("min", 40)]
    [InlineData("typ", 52.5)]
    [InlineData("max", 70)]
    public void Silicon_OfABenchFile_ProgramsInItsTime(string silicon, double microseconds)
    {
        using var reader = new StringReader($"""
            name: silicon
            clock: lockstep
            probe: {"{"} serial: 066DFF535550755187154723 {"}"}
            target: {"{"} uid: 34FFD905434E383719670843, silicon: {silicon} {"}"}
            """);
        using var bench = new VirtualBench(BenchFile.Read(reader, "silicon.yaml"));
        Assert.Equal(microseconds, bench.Chip.Flash.Timing.Program / (double)BenchTime.Microsecond);
    }

    private static string Three(Func<FlashTiming, long> time, long unit, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{time(FlashTiming.Minimum) / (double)unit} | {time(FlashTiming.Typical) / (double)unit} | {time(FlashTiming.Maximum) / (double)unit} | {name}");

    private static string One(long time, long unit, string name) => string.Create(CultureInfo.InvariantCulture, $"{time / (double)unit} | {name}");
}
