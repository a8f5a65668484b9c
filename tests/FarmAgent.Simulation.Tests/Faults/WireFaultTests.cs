using FarmAgent.Hardware;
using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class WireFaultTests : IDisposable
{
    private readonly FaultBench _bench = new();

    [Theory]
    [InlineData("low", PinDrive.High, false)]
    [InlineData("high", PinDrive.Low, true)]
    public void StuckWire_BeatsWhoeverDrives(string level, PinDrive drive, bool expected)
    {
        _bench.Bench.DriveNet("PA0", drive);
        _bench.Make($"kind: stuck-wire, net: PA0, level: {level}");
        var during = _bench.Bench.GetNet("PA0").Level;
        _bench.Bench.Faults.ClearAll();
        Assert.Equal((expected, !expected), (during, _bench.Bench.GetNet("PA0").Level));
    }

    [Fact]
    public void StuckWire_NrstLow_HoldsTheChipInReset()
    {
        _bench.Make("kind: stuck-wire, net: NRST, level: low");
        Assert.Equal((false, true), (_bench.Bench.Chip.NrstHigh, _bench.Bench.Chip.Cpu.InReset));
    }

    [Fact]
    public void StuckWire_NrstHigh_TheProbeCannotResetTheChip()
    {
        _bench.Make("kind: stuck-wire, net: NRST, level: high");
        _bench.Bench.DriveNet("NRST", PinDrive.Low);
        Assert.False(_bench.Bench.Chip.Cpu.InReset);
    }

    [Fact]
    public void StuckWire_Swdio_TheChipDoesNotAnswer()
    {
        using var host = new StLinkHost(_bench.Bench);
        host.PrepareProgramming();
        _bench.Make("kind: stuck-wire, net: SWDIO");
        Assert.Equal(0x05, host.Ask(8, 0xF2, 0x36, 0, 0, 0, 8)[0]);
    }

    [Fact]
    public void BridgeWires_BothHaveOneLevel_AndTheirOwnAfterwards()
    {
        _bench.Bench.DriveNet("PA0", PinDrive.High);
        _bench.Make("kind: bridge-wires, net: PA0, to: PA1");
        var during = _bench.Bench.GetNet("PA1").Level;
        _bench.Bench.Faults.ClearAll();
        Assert.Equal((true, false, true), (during, _bench.Bench.GetNet("PA1").Level, _bench.Bench.GetNet("PA0").Level));
    }

    [Fact]
    public void BridgeWires_LetGoByTheOne_TheOtherComesUpToo()
    {
        _bench.Make("kind: bridge-wires, net: SDA, to: SCL");
        _bench.Bench.DriveNet("SDA", PinDrive.Low);
        var held = _bench.Bench.GetNet("SCL").Level;
        _bench.Bench.DriveNet("SDA", PinDrive.None);
        Assert.Equal((false, true), (held, _bench.Bench.GetNet("SCL").Level));
    }

    [Fact]
    public void BridgeWires_AChainOfThree_FallsApartWhereItIsCleared()
    {
        _bench.Bench.DriveNet("PA0", PinDrive.High);
        var first = _bench.Make("kind: bridge-wires, net: PA0, to: PA1");
        _bench.Make("kind: bridge-wires, net: PA1, to: PA2");
        var chained = _bench.Bench.GetNet("PA2").Level;
        _bench.Bench.Faults.Clear(first);
        Assert.Equal((true, false, true), (chained, _bench.Bench.GetNet("PA2").Level, _bench.Bench.GetNet("PA0").Level));
    }

    [Fact]
    public void BridgeWires_TwoDriversAgainstEachOther_AreNoticed()
    {
        _bench.Bench.DriveNet("PA0", PinDrive.High);
        _bench.Bench.DriveNet("PA1", PinDrive.Low);
        _bench.Make("kind: bridge-wires, net: PA0, to: PA1");
        Assert.Contains(_bench.Bench.Notices, n => n.Text.Contains("drives high against", StringComparison.Ordinal));
    }

    [Fact]
    public void CutWire_PermanentBesideATimedOne_StaysCut()
    {
        _bench.Make("kind: cut-wire, net: PA0");
        _bench.Make("kind: cut-wire, net: PA0, for: 1ms");
        _bench.Advance(2);
        Assert.Contains(_bench.Bench.GetNet("PA0").Endpoints, e => !e.IsConnected);
    }

    [Fact]
    public void BridgeWires_ToItself_IsRefused() =>
        Assert.Equal("FAULT_INVALID", Assert.Throws<RequestException>(() => _bench.Make("kind: bridge-wires, net: PA0, to: pa0")).Reason);

    public void Dispose() => _bench.Dispose();
}
