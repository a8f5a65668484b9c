using FarmAgent.Boards.Diagnosing;
using FarmAgent.Boards.Tests.Sessions;
using FarmAgent.Probes.Sessions;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Boards.Tests.Diagnosing;

/// <summary>Faults made on the twin, and whom the evidence blames.</summary>
public sealed class DiagnosisTwinTests : IAsyncLifetime
{
    private TwinBench _bench = null!;
    private TwinBench.LeasedTwin _lease = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await TwinBench.StartAsync();
        _lease = await _bench.LeaseAsync();
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Diagnose_BlankChip_IsNotFlashed() => await BlamesAsync(Verdict.Error, "BOARD_NOT_FLASHED");

    [Fact]
    public async Task Diagnose_OtherFirmware_IsSilent()
    {
        await _lease.FlashAsync("blinky.bin");

        await BlamesAsync(Verdict.Fail, "DUT_SILENT");
    }

    [Fact]
    public async Task Diagnose_CutWire_IsSilent()
    {
        await _lease.FlashAsync("expander.bin");
        _bench.Twin.Faults.CutWire("SDA");

        await BlamesAsync(Verdict.Fail, "DUT_SILENT");
    }

    [Fact]
    public async Task Diagnose_LockedUpCore_HasCrashed()
    {
        await _lease.ClaimAsync();

        await BlamesAsync(Verdict.Fail, "DUT_CRASHED");
    }

    [Fact]
    public async Task Diagnose_AnotherChip_IsNotFlashed()
    {
        await _lease.FlashAsync("expander.bin");
        _bench.Twin.Faults.Apply(new BenchFault(BenchFaultKind.SwapChip)
        {
            Chip = _bench.Twin.Description.Target with { UniqueId = "AAAAAAAABBBBBBBBCCCCCCCC" },
        });

        await BlamesAsync(Verdict.Error, "BOARD_NOT_FLASHED");
    }

    [Fact]
    public async Task Diagnose_NrstHeldLow_IsTheBench()
    {
        await _lease.FlashAsync("expander.bin");
        _bench.Twin.DriveNet("NRST", PinDrive.Low);

        await BlamesAsync(Verdict.Error, "TARGET_HELD_IN_RESET");
    }

    [Fact]
    public async Task Diagnose_UnpluggedProbe_IsTheBench()
    {
        await _lease.FlashAsync("blinky.bin");
        _bench.Twin.Faults.UnplugProbe();

        await BlamesAsync(Verdict.Error, "PROBE_DISCONNECTED");
    }

    [Fact]
    public async Task Diagnose_NoSupply_IsTheBench()
    {
        await _lease.FlashAsync("expander.bin");
        _bench.Twin.Faults.PowerOff();

        await BlamesAsync(Verdict.Error, "TARGET_VOLTAGE_LOW");
    }

    [Theory]
    [InlineData("SDA")]
    [InlineData("SCL")]
    public async Task Diagnose_LineHeldLow_IsTheBench(string net)
    {
        await _lease.FlashAsync("expander.bin");
        _bench.Twin.DriveNet(net, PinDrive.Low);

        await BlamesAsync(Verdict.Error, "I2C_BUS_STUCK");
    }

    [Fact]
    public async Task Diagnose_HaltedCore_IsNotTheFirmware()
    {
        await _lease.FlashAsync("blinky.bin");
        var probe = _bench.Board.GetProbe();
        await probe.RunAsync(
            _lease.Token,
            "halt",
            probe.LookOnly with { End = SessionEnd.Halted },
            (d, _) =>
            {
                d.Core.Halt();
                return true;
            },
            TimeSpan.FromSeconds(10),
            CancellationToken.None);

        await BlamesAsync(Verdict.Error, "DUT_HALTED");
    }

    [Fact]
    public async Task Diagnose_Anything_LeavesTheFirmwareRunning()
    {
        await _lease.FlashAsync("expander.bin");
        _bench.Twin.Faults.CutWire("SDA");
        await _lease.DiagnoseAsync();

        _bench.Twin.Faults.JoinWire("SDA");

        Assert.True((await _lease.OnExpanderAsync(e => e.Probe())).Value?.IsExpander);
    }

    private async Task BlamesAsync(Verdict verdict, string reason)
    {
        var diagnosis = await _lease.DiagnoseAsync();

        Assert.Equal((verdict, reason, ""), (diagnosis.Verdict, diagnosis.Reason, diagnosis.Reason == reason ? "" : string.Join('\n', diagnosis.Evidence)));
    }
}
