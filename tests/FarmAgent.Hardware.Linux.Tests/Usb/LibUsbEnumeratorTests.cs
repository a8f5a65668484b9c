using FarmAgent.Hardware.Linux.Usb;
using FarmAgent.Hardware.Usb;
using FarmAgent.Probes;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Hardware.Linux.Tests.Usb;

[Collection(nameof(LibUsbBench))]
public sealed class LibUsbEnumeratorTests
{
    private const byte In = 0x81;
    private const byte Out = 0x02;
    private static readonly byte[] GetVersion = [0xF1, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private readonly LibUsbBench _bench;
    private readonly LibUsbEnumerator _usb = new();

    public LibUsbEnumeratorTests(LibUsbBench bench) => _bench = bench.Ready();

    [Fact]
    public void List_OneProbe_HasItsRawSerialAndPlace()
    {
        using var backend = _bench.Bench.OpenBackend();

        var listed = Assert.Single(_usb.List());

        Assert.Equal(Assert.Single(backend.Usb.List()), listed);
    }

    [Fact]
    public void List_ProbeAtWork_CausesNoTrafficOnIt()
    {
        _usb.List();
        using var pipe = _usb.Open(Assert.Single(_usb.List()), 0);

        Assert.Single(_usb.List());
        pipe.Write(Out, GetVersion, TimeSpan.FromSeconds(1));

        Assert.Equal(6, pipe.Read(In, new byte[64], TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void List_UnpluggedAndBack_FollowsTheSocket()
    {
        Assert.Single(_usb.List());
        using (_bench.Unplug())
        {
            Assert.Empty(_usb.List());
        }

        Assert.Single(_usb.List());
    }

    [Fact]
    public void Open_Claimed_SaysThatItIsBusy()
    {
        var device = Assert.Single(_usb.List());
        using var first = _usb.Open(device, 0);
        var other = new LibUsbEnumerator();

        var refused = Assert.Throws<UsbException>(() => other.Open(device, 0));

        Assert.Equal(UsbError.Busy, refused.Error);
        Assert.Contains("1-1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Gone_SaysDisconnected()
    {
        var device = Assert.Single(_usb.List());
        using var unplugged = _bench.Unplug();
        Assert.Equal("PROBE_DISCONNECTED", Assert.Throws<UsbException>(() => _usb.Open(device, 0)).Reason);
    }

    [Fact]
    public void Read_Nothing_EndsWithTimeoutAndTheNextExchangeWorks()
    {
        using var pipe = _usb.Open(Assert.Single(_usb.List()), 0);

        Assert.Equal(UsbError.Timeout, Assert.Throws<UsbException>(() => pipe.Read(In, new byte[64], TimeSpan.FromMilliseconds(120))).Error);
        pipe.Write(Out, GetVersion, TimeSpan.FromSeconds(1));

        Assert.Equal(6, pipe.Read(In, new byte[64], TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Read_Unplugged_IsDisconnected()
    {
        using var pipe = _usb.Open(Assert.Single(_usb.List()), 0);
        using var unplugged = _bench.Unplug();
        Assert.Equal(UsbError.Disconnected, Assert.Throws<UsbException>(() => pipe.Read(In, new byte[64], TimeSpan.FromSeconds(1))).Error);
    }

    [Fact]
    public void ClearHalt_NothingHalted_IsFine()
    {
        using var pipe = _usb.Open(Assert.Single(_usb.List()), 0);

        pipe.ClearHalt(In);
        pipe.ClearHalt(Out);
        pipe.ResetDevice();
    }

    [Fact]
    public void Dispose_Twice_FreesTheProbeForTheNext()
    {
        var device = Assert.Single(_usb.List());
        var pipe = _usb.Open(device, 0);
        pipe.Dispose();
        pipe.Dispose();

        using var next = _usb.Open(device, 0);

        Assert.Throws<ObjectDisposedException>(() => pipe.Read(In, new byte[64], TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Driver_OverLibUsb_AttachesToTheChip()
    {
        using VirtualBackend backend = _bench.Bench.OpenBackend();
        using var probe = ProbeCatalog.Open(_usb, Assert.Single(ProbeCatalog.List(_usb)).Selector, backend.Waiter);

        Assert.InRange(probe.ReadTargetVolts()!.Value, 3.2, 3.4);
    }
}
