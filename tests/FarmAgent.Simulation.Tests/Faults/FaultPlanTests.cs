using System.Buffers.Binary;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class FaultPlanTests : IDisposable
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    [Fact]
    public void UnplugProbe_OpenPipe_FailsAsDisconnected()
    {
        using var host = new StLinkHost(_bench);
        _bench.Faults.UnplugProbe();
        Assert.Equal(UsbError.Disconnected, Assert.Throws<UsbException>(() => host.Ask(6, 0xF1)).Error);
    }

    [Fact]
    public void UnplugProbe_Listing_IsEmpty()
    {
        _bench.Faults.UnplugProbe();
        Assert.Empty(_bench.OpenBackend().Usb.List());
    }

    [Fact]
    public void ReplugProbe_OldPipeStaysDeadAndANewOneWorks()
    {
        using var old = new StLinkHost(_bench);
        _bench.Faults.UnplugProbe();
        _bench.Faults.ReplugProbe();
        Assert.Throws<UsbException>(() => old.Ask(6, 0xF1));
        using var host = new StLinkHost(_bench);
        Assert.Equal(6, host.Ask(6, 0xF1).Length);
    }

    [Fact]
    public void CutWire_OfAGpioNet_SeparatesHostAndChip()
    {
        using var line = _bench.OpenBackend().OpenGpio("PG11");
        _bench.Faults.CutWire("PA0");
        line.ConfigureOutput(initialHigh: true);
        Assert.False(_bench.GetNet("PA0").Endpoints.Single(e => e.Name == "dut:PA0").Level);
    }

    [Fact]
    public void CutWire_OfAnUnknownNet_NamesTheNets()
    {
        var problem = Assert.Throws<RequestException>(() => _bench.Faults.CutWire("PZ9"));
        Assert.Equal("NET_UNKNOWN", problem.Reason);
        Assert.Contains("SDA", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Active_ListsWhatIsThereUntilItIsMended()
    {
        _bench.Faults.CutWire("SDA");
        _bench.Faults.PowerOff();
        _bench.Faults.JoinWire("sda");
        Assert.Equal([BenchFaultKind.PowerOff], _bench.Faults.Active.Select(f => f.Kind));
    }

    [Fact]
    public void ClearAll_MendsEverything()
    {
        _bench.Faults.CutWire("SDA");
        _bench.Faults.UnplugProbe();
        _bench.Faults.ClearAll();
        Assert.Empty(_bench.Faults.Active);
        Assert.All(_bench.GetNet("SDA").Endpoints, e => Assert.True(e.IsConnected));
        Assert.Single(_bench.OpenBackend().Usb.List());
    }

    [Fact]
    public void PowerOff_ProbeMeasuresNoVoltage()
    {
        using var host = new StLinkHost(_bench);
        _bench.Faults.PowerOff();
        var reply = host.Ask(8, 0xF7);
        Assert.InRange(BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(4)), 0u, 100u);
    }

    [Fact]
    public void BenchFile_FaultsAreThereFromTheStart()
    {
        using var bench = new VirtualBench(BenchFile.Seed() with
        {
            Clock = BenchClockMode.Lockstep,
            Faults = [new BenchFault(BenchFaultKind.UnplugProbe)],
        });
        Assert.Empty(bench.OpenBackend().Usb.List());
    }

    [Fact]
    public void List_TellsHowFarEachFaultIs()
    {
        using var host = new StLinkHost(_bench);
        var waiting = _bench.Faults.Apply(new BenchFault(BenchFaultKind.UsbStall) { Trigger = new FaultTrigger { At = 100 } });
        var there = _bench.Faults.Apply(new BenchFault(BenchFaultKind.CutWire) { Net = "PA0" });
        host.Ask(6, 0xF1);
        Assert.Equal([(waiting, false, 2), (there, true, 0)], _bench.Faults.List().Select(f => (f.Id, f.IsActive, f.Counted)));
    }

    [Fact]
    public void After_AFault_BeginsWithItsTime()
    {
        _bench.Faults.Apply(new BenchFault(BenchFaultKind.CutWire) { Net = "PA0", Trigger = new FaultTrigger { After = TimeSpan.FromMilliseconds(5) } });
        _bench.Advance(TimeSpan.FromMilliseconds(4), TestContext.Current.CancellationToken);
        var early = Assert.Single(_bench.Faults.List()).IsActive;
        _bench.Advance(TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);
        Assert.Equal((false, true), (early, Assert.Single(_bench.Faults.List()).IsActive));
    }

    [Fact]
    public void After_ClearedBeforeItsTime_NeverBegins()
    {
        var id = _bench.Faults.Apply(new BenchFault(BenchFaultKind.PowerOff) { Trigger = new FaultTrigger { After = TimeSpan.FromMilliseconds(5) } });
        _bench.Faults.Clear(id);
        _bench.Advance(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        Assert.True(_bench.Chip.IsPowered);
    }

    [Fact]
    public void Clear_AnIdThatIsNotThere_SaysSo() =>
        Assert.Equal("FAULT_UNKNOWN", Assert.Throws<RequestException>(() => _bench.Faults.Clear("f9")).Reason);

    [Fact]
    public void Apply_WithoutEnd_IsLimited()
    {
        var fault = new BenchFault(BenchFaultKind.UsbStall) { Trigger = new FaultTrigger { At = 1_000_000 } };
        for (var made = 0; made < 200; made++)
        {
            _bench.Faults.Apply(fault);
        }

        Assert.Equal("FAULT_LIMIT", Assert.Throws<RequestException>(() => _bench.Faults.Apply(fault)).Reason);
    }

    public void Dispose() => _bench.Dispose();
}
