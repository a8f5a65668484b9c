using FarmAgent.Hardware.Usb;

namespace FarmAgent.Hardware.Contracts.Usb;

/// <summary>
/// What an <see cref="IUsbEnumerator"/> and its <see cref="IUsbBulkPipe"/> owe, on an ST-LINK/V2: commands of 16 bytes go to endpoint 0x02, replies come from
/// 0x81. GET_VERSION (0xF1) is answered by six bytes, of which the last four are vendor and product.
/// </summary>
public abstract class UsbBulkPipeContract : HardwareContract
{
    private const byte Out = 0x02;
    private const byte In = 0x81;
    private static readonly byte[] GetVersion = [0xF1, .. new byte[15]];
    private static readonly byte[] Ids = [0x83, 0x04, 0x48, 0x37];

    /// <summary>The probe's serial number.</summary>
    protected abstract string Serial { get; }

    /// <summary>Pulls the probe out.</summary>
    protected abstract void Unplug();

    /// <summary>Plugs the probe in; over when it can be listed.</summary>
    protected abstract void Plug();

    [Fact]
    public void List_Probe_IsDescribed()
    {
        var probe = Probe();
        Assert.Equal((0x0483, 0x3748, null), (probe.VendorId, probe.ProductId, probe.AccessProblem));
        Assert.Matches("^[0-9]+-[0-9]+([.][0-9]+)*$", probe.PortPath);
    }

    [Fact]
    public void Exchange_Command_IsAnswered()
    {
        using var pipe = Open();
        Assert.Equal(Ids, Ask(pipe, 6));
    }

    [Fact]
    public void Read_LargerBuffer_EndsWithAShortPacket()
    {
        using var pipe = Open();
        Assert.Equal(Ids, Ask(pipe, 64));
    }

    [Fact]
    public void Read_NothingWasAskedFor_EndsWithTheLimit()
    {
        using var pipe = Open();
        var timeout = Fails<UsbException>("USB_TIMEOUT", () => pipe.Read(In, new byte[64], Short));
        Assert.Equal(UsbError.Timeout, timeout.Error);
        Assert.Equal(Ids, Ask(pipe, 6));
    }

    [Fact]
    public void Read_SmallerBuffer_IsAnOverflow()
    {
        using var pipe = Open();
        pipe.Write(Out, GetVersion, Long);
        Fails<UsbException>("USB_OVERFLOW", () => pipe.Read(In, new byte[2], Long));
    }

    [Fact]
    public void Write_UnknownEndpoint_IsAFault()
    {
        using var pipe = Open();
        Fails<UsbException>("USB_IO", () => pipe.Write(0x07, GetVersion, Long));
        Assert.Equal(Ids, Ask(pipe, 6));
    }

    [Fact]
    public void Open_Claimed_IsBusy()
    {
        using var pipe = Open();
        Fails<UsbException>("USB_BUSY", () => Open());
        Assert.Equal(Ids, Ask(pipe, 6));
    }

    [Fact]
    public void Open_AfterDispose_IsFree()
    {
        Open().Dispose();
        using var again = Open();
        Assert.Equal(Ids, Ask(again, 6));
    }

    [Fact]
    public void Open_WhatIsNotThere_IsDisconnected() =>
        Fails<UsbException>("PROBE_DISCONNECTED", () => Backend.Usb.Open(Probe() with { PortPath = "7-7" }, 0));

    [Fact]
    public void ClearHalt_NothingHalted_ChangesNothing()
    {
        using var pipe = Open();
        pipe.ClearHalt(In);
        pipe.ClearHalt(Out);
        Assert.Equal(Ids, Ask(pipe, 6));
    }

    [Fact]
    public void ResetDevice_Probe_KeepsItsPlace()
    {
        using var pipe = Open();
        pipe.ResetDevice();
        Assert.Equal(Ids, Ask(pipe, 6));
    }

    [Fact]
    public void Unplugged_OpenPipe_IsDisconnectedUntilOpenedAnew()
    {
        var before = Probe();
        using var pipe = Open();
        Ask(pipe, 6);
        Unplug();
        try
        {
            Assert.Equal(UsbError.Disconnected, Assert.Throws<UsbException>(() => Ask(pipe, 6)).Error);
            Assert.DoesNotContain(Backend.Usb.List(), d => d.RawSerial == Serial);
            Fails<UsbException>("PROBE_DISCONNECTED", () => Backend.Usb.Open(before, 0));
        }
        finally
        {
            Plug();
        }

        Assert.Throws<UsbException>(() => Ask(pipe, 6));
        pipe.Dispose();
        using var again = Open();
        Assert.Equal(Ids, Ask(again, 6));
    }

    [Fact]
    public void Dispose_Twice_IsNoFault()
    {
        var pipe = Open();
        pipe.Dispose();
        pipe.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pipe.Write(Out, GetVersion, Long));
        Assert.Throws<ObjectDisposedException>(() => pipe.Read(In, new byte[6], Long));
        Assert.Throws<ObjectDisposedException>(() => pipe.ClearHalt(In));
        Assert.Throws<ObjectDisposedException>(pipe.ResetDevice);
    }

    private static byte[] Ask(IUsbBulkPipe pipe, int room)
    {
        pipe.Write(Out, GetVersion, Long);
        var reply = new byte[room];
        Assert.Equal(6, pipe.Read(In, reply, Long));
        return reply[2..6];
    }

    private UsbDeviceInfo Probe() => Assert.Single(Backend.Usb.List(), d => d.RawSerial == Serial);

    private IUsbBulkPipe Open() => Backend.Usb.Open(Probe(), 0);
}
