using FarmAgent.Hardware;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Probes.Tests;

/// <summary>The contract on the virtual bench, and what only a bench with faults can show.</summary>
public sealed class VirtualBenchProbeTests : DebugProbeContract, IDisposable
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);
    private readonly VirtualBackend _backend;

    public VirtualBenchProbeTests() => _backend = _bench.OpenBackend();

    protected override IHardwareBackend Backend => _backend;

    public void Dispose()
    {
        _backend.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void Open_Unplugged_IsNotFound()
    {
        _bench.Faults.UnplugProbe();
        Assert.Equal("PROBE_NOT_FOUND", Assert.Throws<ProbeException>(Open).Reason);
    }

    [Fact]
    public void ReadWord_UnpluggedMeanwhile_IsDisconnected()
    {
        using var session = Open();
        _bench.Faults.UnplugProbe();
        Assert.Equal("PROBE_DISCONNECTED", Assert.Throws<ProbeException>(() => session.Memory.ReadWord(0xE000_ED00)).Reason);
    }

    [Fact]
    public void Dispose_UnpluggedMeanwhile_DoesNotThrow()
    {
        var session = Open();
        _bench.Faults.UnplugProbe();
        session.Dispose();
    }

    [Fact]
    public void Open_Replugged_Works()
    {
        using (Open())
        {
            _bench.Faults.UnplugProbe();
        }

        _bench.Faults.ReplugProbe();
        using var session = Open();
        Assert.Equal(0x410, session.Identity.DeviceId);
    }

    [Fact]
    public void Open_TargetWithoutPower_BlamesTheSupply()
    {
        _bench.Faults.Apply(new BenchFault(BenchFaultKind.PowerOff));
        Assert.Equal("TARGET_VOLTAGE_LOW", Assert.Throws<TargetException>(Open).Reason);
    }

    [Fact]
    public void Open_SwdWireCut_IsNotConnected()
    {
        _bench.Faults.Apply(new BenchFault(BenchFaultKind.CutWire) { Net = "SWDIO" });
        Assert.Equal("TARGET_NOT_CONNECTED", Assert.Throws<TargetException>(Open).Reason);
    }

    [Fact]
    public void ResetAndHalt_NrstWireCut_FallsBackToTheRequest()
    {
        _bench.Faults.Apply(new BenchFault(BenchFaultKind.CutWire) { Net = "NRST" });
        using var session = Open();
        Assert.Equal(ResetKind.System, session.Core.ResetAndHalt());
    }

    [Fact]
    public void ReadState_BlankChip_IsLockedUp()
    {
        using var session = Open(new DebugSessionOptions { AllowReset = false });
        Assert.True(session.Core.IsLockedUp);
    }

    [Fact]
    public void Open_Chip_IsTheSeeds()
    {
        using var session = Open();
        Assert.Equal("Cortex-M3 r1p1, device 0x410 revision 0x2003, DPIDR 0x1BA01477", session.Identity.ToString());
        Assert.Equal("V2J37S7", session.Probe.Firmware);
    }
}
