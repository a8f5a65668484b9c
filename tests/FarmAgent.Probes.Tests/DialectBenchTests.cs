using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Probes.Tests;

/// <summary>The driver on benches whose probe or chip is not the usual one.</summary>
public sealed class DialectBenchTests : IDisposable
{
    private VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("V2J17S4", 0x3748, "ST-LINK/V2", 1800)]
    [InlineData("V2J24S4", 0x3748, "ST-LINK/V2", 4000)]
    [InlineData("V2J37S7", 0x3748, "ST-LINK/V2", 4000)]
    [InlineData("V2J37M27", 0x374B, "ST-LINK/V2-1", 4000)]
    [InlineData("V2J37M27", 0x3752, "ST-LINK/V2-1", 4000)]
    [InlineData("V3J13M4B5S1", 0x374E, "ST-LINK/V3", 3300)]
    [InlineData("V3J13M4B5S1", 0x374F, "ST-LINK/V3", 3300)]
    [InlineData("V3J13M4B5S1", 0x3753, "ST-LINK/V3", 3300)]
    [InlineData("V4J6B2P6", 0x3757, "ST-LINK/V3PWR", 3300)]
    public void Open_EachFirmware_HaltsTheCoreAndMovesMemory(string firmware, int product, string model, int kilohertz)
    {
        UseProbe(p => p with { Firmware = firmware, Product = product });
        using var session = Open();
        Assert.Equal((firmware, model, kilohertz), (session.Probe.Firmware, session.Probe.Info.Model, session.Probe.SwdKilohertz));

        session.Core.ResetAndHalt();
        var data = Enumerable.Range(0, 1031).Select(i => (byte)(i * 7)).ToArray();
        session.Memory.Write(0x2000_0001, data);
        var read = new byte[data.Length];
        session.Memory.Read(0x2000_0001, read);
        Assert.Equal(data, read);
    }

    [Theory]
    [InlineData("V3J13M4B5S1")]
    [InlineData("V2J37M27")]
    [InlineData("V2J17S4")]
    public void ReadWord_NothingThere_IsAFaultAndTheNextAccessWorks(string firmware)
    {
        UseProbe(p => p with { Firmware = firmware });
        using var session = Open();
        Assert.Equal(0x6000_0000u, Assert.Throws<MemoryFaultException>(() => session.Memory.ReadWord(0x6000_0000)).Address);
        Assert.Throws<MemoryFaultException>(() => session.Memory.Read(0x6000_0000, new byte[8]));
        Assert.Equal(0xC23u, (session.Memory.ReadWord(0xE000_ED00) >> 4) & 0xFFF);
    }

    [Theory]
    [InlineData(100_000, 24_000)]
    [InlineData(8_000, 8_000)]
    [InlineData(7_999, 3_300)]
    [InlineData(1, 5)]
    public void SetSwdKilohertz_OfAV3_TakesTheFastestOfItsListThatIsNotAbove(int asked, int got)
    {
        UseProbe(p => p with { Firmware = "V3J13M4B5S1" });
        using var probe = ProbeCatalog.Open(Usb, ProbeSelector.Any, Waiter);
        Assert.Equal(got, probe.SetSwdKilohertz(asked));
    }

    [Fact]
    public void Open_FirmwareBeforeJ15_IsTooOldAndSaysWhatWouldDo()
    {
        UseProbe(p => p with { Firmware = "V2J14S3" });
        var error = Assert.Throws<ProbeException>(() => Open());
        Assert.Equal(("PROBE_FIRMWARE_TOO_OLD", "V2J14S3", "V2J15"), (error.Reason, error.Facts["found"], error.Facts["needed"]));
    }

    [Fact]
    public void WriteHalfWord_OfJ24_IsTooOldAndSaysWhatWouldDo()
    {
        UseProbe(p => p with { Firmware = "V2J24S4" });
        using var session = Open();
        var error = Assert.Throws<ProbeException>(() => session.Memory.WriteHalfWord(0x2000_0000, 1));
        Assert.Equal(("PROBE_FIRMWARE_TOO_OLD", "V2J24S4", "V2J26"), (error.Reason, error.Facts["found"], error.Facts["needed"]));
    }

    [Fact]
    public void ReadDapRegister_OfJ17_IsTooOldAndSaysWhatWouldDo()
    {
        UseProbe(p => p with { Firmware = "V2J17S4" });
        using var session = Open();
        var error = Assert.Throws<ProbeException>(() => session.Probe.ReadDapRegister(IDebugProbe.DebugPortNumber, 0));
        Assert.Equal(("PROBE_FIRMWARE_TOO_OLD", "V2J24"), (error.Reason, error.Facts["needed"]));
    }

    [Fact]
    public void Open_BoardForTheStm8_HasNoSwd()
    {
        UseProbe(p => p with { Firmware = "V2J21M7" });
        Assert.Equal("PROBE_UNSUPPORTED", Assert.Throws<ProbeException>(() => Open()).Reason);
    }

    [Theory]
    [InlineData(BenchProbeStart.Dfu)]
    [InlineData(BenchProbeStart.MassStorage)]
    [InlineData(BenchProbeStart.Debug)]
    [InlineData(BenchProbeStart.Swim)]
    [InlineData(BenchProbeStart.Loader)]
    public void Open_ProbeInAnyMode_IsBroughtOutOfIt(BenchProbeStart start)
    {
        UseProbe(p => p with { Start = start });
        using var session = Open();
        Assert.Equal(0x410, session.Identity.DeviceId);
    }

    [Fact]
    public void Open_StaleReplyInThePipe_IsThrownAway()
    {
        UseProbe(p => p with { StaleReply = true, Start = BenchProbeStart.Debug });
        using var session = Open();
        Assert.Equal("V2J37S7", session.Probe.Firmware);
    }

    [Theory]
    [InlineData(BenchSerialForm.Hex)]
    [InlineData(BenchSerialForm.Binary)]
    public void Serial_InEitherForm_SelectsTheProbe(BenchSerialForm form)
    {
        UseProbe(p => p with { SerialForm = form });
        Assert.Equal("066DFF535550755187154723", ProbeCatalog.Find(Usb, ProbeSelector.BySerial("066DFF535550755187154723")).Serial);
    }

    [Theory]
    [InlineData(BenchSerialForm.Placeholder)]
    [InlineData(BenchSerialForm.None)]
    public void Serial_OfACopy_LeavesTheSocketToNameTheProbe(BenchSerialForm form)
    {
        UseProbe(p => p with { SerialForm = form });
        Assert.Equal("usb:1-1", Assert.Single(ProbeCatalog.List(Usb)).Selector.ToString());
        using var session = Open();
        Assert.Equal(0x410, session.Identity.DeviceId);
    }

    [Fact]
    public void Open_SupplyBelowTheChipsStart_IsRefusedWithTheVolts()
    {
        UseTarget(t => t with { SupplyVolts = 1.5 });
        var error = Assert.Throws<TargetException>(() => Open());
        Assert.Equal(("TARGET_VOLTAGE_LOW", "1.50"), (error.Reason, error.Facts["volts"]));
    }

    [Fact]
    public void Open_SupplySenseOpen_IsAWarningAndNothingMore()
    {
        UseProbe(p => p with { SupplySensed = false });
        using var session = Open();
        Assert.Contains("VREF", Assert.Single(session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void OpenUnderReset_NrstOpen_ResetsByRequestAndSaysSo()
    {
        UseProbe(p => p with { NrstWired = false });
        using var session = Open(new DebugSessionOptions { UnderReset = true });
        Assert.True(session.Core.ReadState().IsHalted);
        Assert.Contains("NRST", Assert.Single(session.Warnings), StringComparison.Ordinal);
        Assert.Equal(session.Memory.ReadWord(0x0800_0004) & ~1u, session.Core.ReadRegister(CoreRegister.Pc));
    }

    [Fact]
    public void ResetAndHalt_PinOnlyAndNrstOpen_SaysThatNoResetWasSeen()
    {
        UseProbe(p => p with { NrstWired = false });
        using var session = Open();
        Assert.Equal("RESET_NOT_SEEN", Assert.Throws<TargetException>(() => session.Core.ResetAndHalt(ResetKind.Pin)).Reason);
    }

    [Fact]
    public void Read_WhileTheFlashErases_IsRepeatedUntilItAnswers()
    {
        using var session = Open();
        session.Memory.WriteWord(0x4002_2004, 0x4567_0123);
        session.Memory.WriteWord(0x4002_2004, 0xCDEF_89AB);
        session.Memory.WriteWord(0x4002_2010, 0x04);
        session.Memory.WriteWord(0x4002_2010, 0x44);
        var before = session.Probe.CommandsSent;

        Assert.Equal(uint.MaxValue, session.Memory.ReadWord(0x0800_0000));
        Assert.InRange(session.Probe.CommandsSent - before, 3, 9);
    }

    [Theory]
    [InlineData(BenchChipVariant.Genuine, "device 0x410 revision 0x2003, DPIDR 0x1BA01477")]
    [InlineData(BenchChipVariant.Cs32F103, "device 0x410 revision 0x2003, DPIDR 0x2BA01477")]
    [InlineData(BenchChipVariant.Gd32F103, "device 0x410 revision 0x1303, DPIDR 0x1BA01477")]
    public void Open_ChipOfAnotherMaker_IsIdentified(BenchChipVariant variant, string expected)
    {
        UseTarget(t => t with { Variant = variant });
        using var session = Open();
        Assert.EndsWith(expected, session.Identity.ToString(), StringComparison.Ordinal);
    }

    private IUsbEnumerator Usb => _bench.OpenBackend().Usb;

    private IWaiter Waiter => _bench.OpenBackend().Waiter;

    private void UseProbe(Func<BenchProbe, BenchProbe> change) => Use(d => d with { Probe = change(d.Probe) });

    private void UseTarget(Func<BenchTarget, BenchTarget> change) => Use(d => d with { Target = change(d.Target) });

    private void Use(Func<BenchDescription, BenchDescription> change)
    {
        var description = change(_bench.Description);
        _bench.Dispose();
        _bench = new VirtualBench(description);
    }

    private DebugSession Open(DebugSessionOptions? options = null) =>
        DebugSession.Open(Usb, ProbeSelector.Any, options ?? new DebugSessionOptions(), Waiter, CancellationToken.None);
}
