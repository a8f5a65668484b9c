using FarmAgent.Probes.StLink;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Probes.Tests.StLink;

public sealed class StLinkPassageTests : IDisposable
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);
    private readonly VirtualBackend _backend;

    public StLinkPassageTests() => _backend = _bench.OpenBackend();

    private bool NrstIsHigh => _bench.GetNet("NRST").Level;

    public void Dispose()
    {
        _backend.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void Dispose_ResetLineHeldByTheProgram_LetsItGo()
    {
        using (var passage = Open())
        {
            Pass(passage, [0xF2, 0x3C, 0x00], 2);
            Assert.False(NrstIsHigh);
        }

        Assert.True(NrstIsHigh);
    }

    [Fact]
    public void Dispose_AfterDebugging_LeavesTheProbeToTheNextUser()
    {
        using (var passage = Open())
        {
            Pass(passage, [0xF2, 0x30, 0xA3], 2);
        }

        using var probe = ProbeCatalog.Open(_backend.Usb, Selector(), _backend.Waiter);
        Assert.Equal("V2J37S7", probe.Firmware);
    }

    [Fact]
    public void Open_ProbeThatIsOpen_IsBusy()
    {
        using var first = Open();
        Assert.Equal("PROBE_BUSY", Assert.Throws<ProbeException>(Open).Reason);
    }

    private static byte[] Pass(StLinkPassage passage, byte[] command, int length)
    {
        var reply = new byte[length];
        passage.Pass([.. command, .. new byte[16 - command.Length]], [], reply);
        return reply;
    }

    private StLinkPassage Open() => ProbeCatalog.OpenPassage(_backend.Usb, Selector());

    private ProbeSelector Selector() => ProbeCatalog.List(_backend.Usb)[0].Selector;
}
