using FarmAgent.Hardware.Usb;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class UsbFaultTests : IDisposable
{
    private const byte Out = 0x02;
    private const byte In = 0x81;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly byte[] GetVersion = [0xF1, .. new byte[15]];
    private static readonly byte[] GetMode = [0xF5, .. new byte[15]];

    private readonly FaultBench _bench = new();
    private readonly IUsbBulkPipe _pipe;

    public UsbFaultTests() => _pipe = _bench.OpenProbe();

    [Fact]
    public void Stall_AtTheThirdTransfer_StrikesThatOne()
    {
        _bench.Make("kind: usb-stall, at: 3");
        Ask(GetVersion, 6);
        Assert.Equal(UsbError.Stall, Fails(() => _pipe.Write(Out, GetVersion, Limit)));
    }

    [Fact]
    public void Stall_OfAnEndpoint_LastsUntilItsHaltIsCleared()
    {
        _bench.Make("kind: usb-stall, direction: out");
        Fails(() => _pipe.Write(Out, GetVersion, Limit));
        var again = Fails(() => _pipe.Write(Out, GetVersion, Limit));
        _pipe.ClearHalt(Out);
        Assert.Equal((UsbError.Stall, 6), (again, Ask(GetVersion, 6).Length));
    }

    [Fact]
    public void Stall_OfACommand_DoesNotReachTheProbe()
    {
        _bench.Make("kind: usb-stall, direction: out");
        Fails(() => _pipe.Write(Out, GetVersion, Limit));
        _pipe.ClearHalt(Out);
        Assert.Equal(UsbError.Timeout, Fails(() => _pipe.Read(In, new byte[64], Limit)));
    }

    [Fact]
    public void Timeout_OfACommand_TakesTheHostsLimitAndDoesNotReachTheProbe()
    {
        _bench.Make("kind: usb-timeout, direction: out");
        var start = _bench.Bench.Elapsed;
        var error = Fails(() => _pipe.Write(Out, GetVersion, Limit));
        Assert.Equal((UsbError.Timeout, Limit), (error, _bench.Bench.Elapsed - start));
        Assert.Equal(UsbError.Timeout, Fails(() => _pipe.Read(In, new byte[64], TimeSpan.FromMilliseconds(1))));
    }

    [Fact]
    public void Timeout_OfAReply_LeavesItQueued()
    {
        _bench.Make("kind: usb-timeout, direction: in");
        _pipe.Write(Out, GetVersion, Limit);
        Fails(() => _pipe.Read(In, new byte[64], Limit));
        Assert.Equal(6, _pipe.Read(In, new byte[64], Limit));
    }

    [Fact]
    public void ShortReply_LacksAsManyBytesAsWasAsked()
    {
        _bench.Make("kind: usb-short-reply, missing: 4");
        Assert.Equal((2, 6), (Ask(GetVersion, 64).Length, Ask(GetVersion, 64).Length));
    }

    [Fact]
    public void StaleReply_TheOneBeforeComesFirst_ThenAllAreOneLate()
    {
        _bench.Make("kind: usb-stale-reply, at: 2");
        var version = Ask(GetVersion, 64);
        var late = Ask(GetMode, 64);
        var later = Ask(GetVersion, 64);
        Assert.Equal(version, late);
        Assert.Equal(2, later.Length);
    }

    [Fact]
    public void Unplug_AtATransfer_EndsThePipeThere()
    {
        _bench.Make("kind: unplug-probe, of: usb-transfers, at: 3");
        Ask(GetVersion, 6);
        Assert.Equal((UsbError.Disconnected, false), (Fails(() => _pipe.Write(Out, GetVersion, Limit)), _bench.Bench.IsProbePlugged));
    }

    [Fact]
    public void Unplug_ForATime_ComesBack()
    {
        _bench.Make("kind: unplug-probe, for: 500ms");
        _bench.Advance(499);
        var before = _bench.Bench.IsProbePlugged;
        _bench.Advance(2);
        Assert.Equal((false, true), (before, _bench.Bench.IsProbePlugged));
    }

    [Fact]
    public void Count_StrikesAsManyInARow_ThenIsSpent()
    {
        _bench.Make("kind: usb-timeout, direction: in, count: 2");
        _pipe.Write(Out, GetVersion, Limit);
        Fails(() => _pipe.Read(In, new byte[64], Limit));
        Fails(() => _pipe.Read(In, new byte[64], Limit));
        Assert.Equal((6, 0), (_pipe.Read(In, new byte[64], Limit), _bench.Bench.Faults.List().Count));
    }

    public void Dispose()
    {
        _pipe.Dispose();
        _bench.Dispose();
    }

    private static UsbError Fails(Action transfer) => Assert.Throws<UsbException>(transfer).Error;

    private byte[] Ask(byte[] command, int room)
    {
        _pipe.Write(Out, command, Limit);
        var reply = new byte[room];
        return reply[.._pipe.Read(In, reply, Limit)];
    }
}
