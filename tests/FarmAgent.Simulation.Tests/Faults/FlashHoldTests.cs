using FarmAgent.Hardware;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class FlashHoldTests : IDisposable
{
    private const uint Flash = 0x0800_0000;
    private const uint StatusRegister = 0x4002_200C;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    [Fact]
    public async Task Hold_ClientIsBlockedUntilTheRelease_ThenTheFlashGoesOn()
    {
        using var host = new StLinkHost(_bench);
        host.PrepareProgramming();
        _bench.Faults.HoldFlash(halfWord: 2);
        var flashing = Task.Run(() => ProgramAndRead(host));
        await Held();
        Assert.False(flashing.IsCompleted);

        _bench.Faults.ReleaseFlash();
        Assert.Equal(0x2222_1111u, await flashing.WaitAsync(Patience));
    }

    [Fact]
    public async Task Hold_TheBenchsTimeStandsStill()
    {
        using var host = new StLinkHost(_bench);
        host.PrepareProgramming();
        _bench.Faults.HoldFlash(halfWord: 1);
        var flashing = Task.Run(() => ProgramAndRead(host));
        await Held();
        Assert.Equal("BENCH_HELD", Assert.Throws<RequestException>(() => _bench.Advance(TimeSpan.FromSeconds(1), CancellationToken.None)).Reason);

        _bench.Faults.ReleaseFlash();
        await flashing.WaitAsync(Patience);
    }

    [Fact]
    public async Task Hold_OtherDevicesAreNotBlocked()
    {
        using var host = new StLinkHost(_bench);
        host.PrepareProgramming();
        _bench.Faults.HoldFlash(halfWord: 1);
        var flashing = Task.Run(() => ProgramAndRead(host));
        await Held();
        using var line = _bench.OpenBackend().OpenGpio("PG11");
        line.ConfigureOutput(initialHigh: true);
        Assert.True(line.Read());

        _bench.Faults.ReleaseFlash();
        await flashing.WaitAsync(Patience);
    }

    [Fact]
    public async Task Hold_PastItsLimit_EndsByItself()
    {
        using var host = new StLinkHost(_bench);
        host.PrepareProgramming();
        _bench.Faults.HoldFlash(halfWord: 1, limit: TimeSpan.FromMilliseconds(1));
        Assert.Equal(0x2222_1111u, await Task.Run(() => ProgramAndRead(host)).WaitAsync(Patience));
        Assert.Empty(_bench.Faults.Active);
    }

    [Fact]
    public async Task Hold_ProbeUnpluggedMeanwhile_ClientFailsAtOnce()
    {
        using var host = new StLinkHost(_bench);
        host.PrepareProgramming();
        _bench.Faults.HoldFlash(halfWord: 1);
        var flashing = Task.Run(() => ProgramAndRead(host));
        await Held();
        _bench.Faults.UnplugProbe();
        Assert.Equal(UsbError.Disconnected, (await Assert.ThrowsAsync<UsbException>(() => flashing.WaitAsync(Patience))).Error);
    }

    [Fact]
    public async Task Hold_PowerTakenMeanwhile_EndsWithAnUndefinedHalfWord()
    {
        using var host = new StLinkHost(_bench);
        host.PrepareProgramming();
        _bench.Faults.HoldFlash(halfWord: 1);
        var flashing = Task.Run(() => host.WriteHalfWords(Flash, 0x11, 0x11));
        await Held();
        _bench.Faults.PowerOff();
        await flashing.WaitAsync(Patience);
        Assert.Contains(_bench.Notices, n => n.Text.Contains("undefined", StringComparison.Ordinal));
        Assert.False(_bench.Faults.IsFlashHeld);
    }

    [Fact]
    public async Task Hold_InRealtime_EndsWithTheRelease()
    {
        _bench.ClockMode = BenchClockMode.Realtime;
        using var host = new StLinkHost(_bench);
        host.PrepareProgramming();
        _bench.Faults.HoldFlash(halfWord: 2);
        var flashing = Task.Run(() => ProgramAndRead(host));
        await Held();
        _bench.Faults.ReleaseFlash();
        Assert.Equal(0x2222_1111u, await flashing.WaitAsync(Patience));
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>The third half-word only shows that programming went on.</summary>
    private static uint ProgramAndRead(StLinkHost host)
    {
        host.WriteHalfWords(Flash, 0x11, 0x11, 0x22, 0x22, 0x33, 0x33);
        while ((host.ReadWord(StatusRegister) & 1) != 0)
        {
            // The host polls as a programmer does; each poll takes the bench's time on.
        }

        return host.ReadWord(Flash);
    }

    private async Task Held()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!_bench.Faults.IsFlashHeld)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
