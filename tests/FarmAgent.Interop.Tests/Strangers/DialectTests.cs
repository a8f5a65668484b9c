using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>Debian's OpenOCD and stlink-tools, unmodified, on benches whose ST-LINK or chip is not the usual one.</summary>
public sealed class DialectTests
{
    private const string FlashStart = "0x08000000";

    [Theory]
    [InlineData("V2J17S4", 0, OpenOcd.HighLevel, "STLINK V2J17S4 (API v2) VID:PID 0483:3748")]
    [InlineData("V2J24S4", 0, OpenOcd.HighLevel, "STLINK V2J24S4 (API v2) VID:PID 0483:3748")]
    [InlineData("V2J24S4", 0, OpenOcd.Direct, "STLINK V2J24S4 (API v2) VID:PID 0483:3748")]
    [InlineData("V2J37M27", 0, OpenOcd.HighLevel, "STLINK V2J37M27 (API v2) VID:PID 0483:374B")]
    [InlineData("V2J37M27", 0x3752, OpenOcd.Direct, "STLINK V2J37M27 (API v2) VID:PID 0483:3752")]
    [InlineData("V3J13M4B5S1", 0, OpenOcd.HighLevel, "STLINK V3J13M4B5S1 (API v3) VID:PID 0483:374E")]
    [InlineData("V3J13M4B5S1", 0x374F, OpenOcd.Direct, "STLINK V3J13M4B5S1 (API v3) VID:PID 0483:374F")]
    [InlineData("V3J13M4B5S1", 0x3753, OpenOcd.Direct, "STLINK V3J13M4B5S1 (API v3) VID:PID 0483:3753")]
    public async Task OpenOcd_EachFirmware_ProgramsVerifiesAndResets(string firmware, int product, string transport, string found)
    {
        using var bench = await StrangersBench.StartAsync(change: Probe(p => p with { Firmware = firmware, Product = product }));

        var log = await OpenOcd.ExpectSuccessAsync(bench, transport, $"program {StrangersBench.Expander} {FlashStart} verify reset exit");

        Assert.True(log.Contains(found, StringComparison.Ordinal), log);
        Assert.Contains("** Verified OK **", log, StringComparison.Ordinal);
        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    [Fact]
    public async Task OpenOcd_DebugPortRegistersOfJ17_AreRefusedByItself()
    {
        using var bench = await StrangersBench.StartAsync(change: Probe(p => p with { Firmware = "V2J17S4" }));

        var result = await OpenOcd.RunAsync(bench, OpenOcd.Direct, "init");

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.True(result.Errors.Contains("does not support DAP direct transport", StringComparison.OrdinalIgnoreCase), result.ToString());
    }

    [Theory]
    [InlineData(BenchProbeStart.Dfu)]
    [InlineData(BenchProbeStart.MassStorage)]
    [InlineData(BenchProbeStart.Debug)]
    [InlineData(BenchProbeStart.Swim)]
    public async Task OpenOcd_ProbeInAnyMode_BringsItOutOfIt(BenchProbeStart start)
    {
        using var bench = await StrangersBench.StartAsync(change: Probe(p => p with { Start = start }));

        var log = await OpenOcd.ExpectSuccessAsync(bench, OpenOcd.HighLevel, "init", "flash probe 0");

        Assert.Contains("device id = 0x20036410", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenOcd_BinarySerial_SelectsTheProbeByItsDigits()
    {
        using var bench = await StrangersBench.StartAsync(change: Probe(p => p with { SerialForm = BenchSerialForm.Binary }));

        await OpenOcd.ExpectSuccessAsync(bench, OpenOcd.HighLevel, "adapter serial 066DFF535550755187154723", "init");

        var other = await OpenOcd.RunAsync(bench, OpenOcd.HighLevel, "adapter serial 066DFF535550755187154724", "init");
        Assert.True(other.ExitCode == 1, other.ToString());
    }

    [Theory]
    [InlineData(BenchChipVariant.Cs32F103, "device id = 0x20036410")]
    [InlineData(BenchChipVariant.Cks32F103, "device id = 0x20036410")]
    [InlineData(BenchChipVariant.Gd32F103, "device id = 0x13030410")]
    public async Task OpenOcd_ChipOfAnotherMaker_ProgramsItWhenTold(BenchChipVariant variant, string device)
    {
        using var bench = await StrangersBench.StartAsync(change: Chip(t => t with { Variant = variant }));
        var id = variant == BenchChipVariant.Gd32F103 ? "0x1ba01477" : "0x2ba01477";

        var result = await bench.RunAsync(OpenOcd.Find(),
            ["-c", $"set CPUTAPID {id}", .. OpenOcd.Configuration(OpenOcd.HighLevel), "-c", $"gdb_port disabled; program {StrangersBench.Expander} {FlashStart} verify reset exit"]);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains(device, result.Errors, StringComparison.Ordinal);
        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    [Fact]
    public async Task OpenOcd_CopyWithAnotherCoreId_IsNamedUnexpected()
    {
        using var bench = await StrangersBench.StartAsync(change: Chip(t => t with { Variant = BenchChipVariant.Cs32F103 }));

        // It compares the id with its configuration by high-level commands only.
        var result = await OpenOcd.RunAsync(bench, OpenOcd.HighLevel, "init");

        Assert.True(result.Errors.Contains("UNEXPECTED idcode: 0x2ba01477", StringComparison.OrdinalIgnoreCase), result.ToString());
    }

    [Fact]
    public async Task OpenOcd_TargetBelowItsStart_SeesTheVoltageAndNoChip()
    {
        using var bench = await StrangersBench.StartAsync(change: Chip(t => t with { SupplyVolts = 1.5 }));

        var result = await OpenOcd.RunAsync(bench, OpenOcd.HighLevel, "init");

        Assert.True(result.ExitCode == 1 && result.Errors.Contains("Target voltage: 1.49", StringComparison.Ordinal), result.ToString());
    }

    [Theory]
    [InlineData("V2J17S4", "V2J17S4")]
    [InlineData("V2J24S4", "V2J24S4")]
    [InlineData("V2J37M27", "V2J37S27")]
    [InlineData("V3J13M4B5S1", "V3J13")]
    public async Task StInfo_EachFirmware_NamesProbeAndChip(string firmware, string found)
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime, Probe(p => p with { Firmware = firmware }));

        var result = await bench.RunAsync(RequiredTool.Find("st-info", "stlink-tools"), "--probe");

        Assert.True(result.ExitCode == 0 && result.Output.Contains(found, StringComparison.Ordinal), result.ToString());
        Assert.True(result.Output.Contains("chipid:     0x0410", StringComparison.Ordinal), result.ToString());
    }

    [Theory]
    [InlineData("V2J24S4")]
    [InlineData("V2J37M27")]
    [InlineData("V3J13M4B5S1")]
    public async Task StFlash_EachFirmware_WritesAndResets(string firmware)
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime, Probe(p => p with { Firmware = firmware }));

        var result = await bench.RunAsync(RequiredTool.Find("st-flash", "stlink-tools"), "--reset", "write", StrangersBench.Blinky, FlashStart);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Flash written and verified! jolly good!", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenOcd_ResetByThePinAlone_WorksWhereItIsWired(bool wired)
    {
        using var bench = await StrangersBench.StartAsync(change: Probe(p => p with { NrstWired = wired }));
        await OpenOcd.ExpectSuccessAsync(bench, OpenOcd.Direct, $"program {StrangersBench.Expander} {FlashStart} verify reset exit");

        var log = await OpenOcd.ExpectSuccessAsync(bench, OpenOcd.Direct, "reset_config srst_only srst_nogate", "init", "reset halt", "reg pc");

        // It does not notice that the pin did nothing; the program counter shows it.
        var entry = BitConverter.ToUInt32(await File.ReadAllBytesAsync(StrangersBench.Expander, TestContext.Current.CancellationToken), 4) & ~1u;
        Assert.True(log.Contains($"pc (/32): 0x{entry:x8}", StringComparison.Ordinal) == wired, log);
    }

    private static Func<BenchDescription, BenchDescription> Probe(Func<BenchProbe, BenchProbe> change) => d => d with { Probe = change(d.Probe) };

    private static Func<BenchDescription, BenchDescription> Chip(Func<BenchTarget, BenchTarget> change) => d => d with { Target = change(d.Target) };
}
