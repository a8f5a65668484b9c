using System.Buffers.Binary;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class SwdFaultTests : IDisposable
{
    private const byte Okay = 0x80;
    private const byte AccessPortWait = 0x10;
    private const byte AccessPortParity = 0x13;
    private const uint Ram = 0x2000_0000;

    private readonly FaultBench _bench = new();
    private readonly StLinkHost _host;

    public SwdFaultTests()
    {
        _host = new StLinkHost(_bench.Bench);
        _host.PrepareProgramming();
        _host.WriteWord(Ram, 0x1234_5678);
        _host.ReadWord(Ram);
    }

    [Fact]
    public void Wait_FewerThanTheProbeRepeats_AreNotSeen()
    {
        _bench.Make("kind: swd-wait, count: 4");
        Assert.Equal(0x1234_5678u, _host.ReadWord(Ram));
    }

    [Fact]
    public void Wait_Storm_IsReportedAndOverWhenItIsCleared()
    {
        var storm = _bench.Make("kind: swd-wait, count: endless");
        var during = StatusOfRead();
        _bench.Bench.Faults.Clear(storm);
        Assert.Equal((AccessPortWait, Okay), (during, StatusOfRead()));
    }

    [Fact]
    public void Parity_OfARead_IsReportedOnce()
    {
        _bench.Make("kind: swd-parity");
        Assert.Equal((AccessPortParity, Okay), (StatusOfRead(), StatusOfRead()));
    }

    [Fact]
    public void Parity_CountsOnlyReads()
    {
        var fault = _bench.Make("kind: swd-parity, at: 1000");
        _host.WriteWord(Ram, 1);
        var status = _bench.Bench.Faults.List().Single(f => f.Id == fault);

        // Of a write to memory only the look into RDBUFF is a read.
        Assert.Equal((1, 0), (status.Counted, status.Struck));
    }

    [Fact]
    public void PowerOff_AtASwdTransfer_TheTargetIsGone()
    {
        _bench.Make("kind: power-off, of: swd-transfers, at: 2");
        StatusOfRead();
        Assert.Equal(0x05, StatusOfRead());
    }

    public void Dispose()
    {
        _host.Dispose();
        _bench.Dispose();
    }

    private byte StatusOfRead()
    {
        Span<byte> command = stackalloc byte[6];
        command[0] = 0xF2;
        command[1] = 0x36;
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], Ram);
        return _host.Ask(8, command)[0];
    }
}
