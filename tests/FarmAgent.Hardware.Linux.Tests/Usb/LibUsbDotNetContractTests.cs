using System.Text;
using LibUsbDotNet;
using LibUsbDotNet.Info;
using LibUsbDotNet.LibUsb;
using LibUsbDotNet.Main;
using UsbException = LibUsbDotNet.LibUsb.UsbException;

namespace FarmAgent.Hardware.Linux.Tests.Usb;

/// <summary>What our code relies on of LibUsbDotNet 3, whether the package or its stand-in is linked.</summary>
[Collection(nameof(LibUsbBench))]
public sealed class LibUsbDotNetContractTests(LibUsbBench bench) : IDisposable
{
    private static readonly byte[] GetVersion = [0xF1, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private readonly UsbContext _context = Context(bench);
    private UsbDeviceCollection? _listed;

    public void Dispose()
    {
        _listed?.Dispose();
        _context.Dispose();
    }

    [Fact]
    public void List_OneProbe_HasItsIdentityWithoutOpening()
    {
        var probe = Probe();

        Assert.Equal((0x0483, 0x3748), (probe.VendorId, probe.ProductId));
        Assert.Equal("1-1", probe.LocationId.ToString());
        Assert.False(probe.IsOpen);
        Assert.Null(probe.Info.SerialNumber);
    }

    [Fact]
    public void Info_Opened_HasStringsOfTheDevice()
    {
        var probe = Probe();
        probe.Open();

        Assert.Equal("STMicroelectronics", probe.Info.Manufacturer);
        Assert.NotEmpty(probe.Info.SerialNumber!);
        probe.Close();
    }

    [Fact]
    public void List_AfterUnplug_IsEmpty()
    {
        using var unplugged = bench.Unplug();
        using var devices = _context.List();
        Assert.Empty(devices);
    }

    [Fact]
    public void Clone_OfAListedDevice_OutlivesTheListing()
    {
        using var clone = Probe().Clone();
        _listed!.Dispose();

        clone.Open();

        Assert.True(clone.IsOpen);
    }

    [Fact]
    public void Open_Twice_DoesNothing()
    {
        var probe = Probe();
        probe.Open();
        probe.Open();

        Assert.True(probe.IsOpen);
        Assert.True(probe.TryOpen());
        probe.Close();
        probe.Close();
        Assert.False(probe.IsOpen);
    }

    [Fact]
    public void ClaimInterface_HeldByAnotherHandle_IsBusy()
    {
        var probe = Probe();
        using var other = probe.Clone();
        probe.Open();
        other.Open();
        Assert.True(probe.ClaimInterface(0));

        var refused = Assert.Throws<UsbException>(() => other.ClaimInterface(0));

        Assert.Equal(Error.Busy, refused.ErrorCode);
        Assert.True(probe.ReleaseInterface(0));
    }

    [Fact]
    public void ClaimInterface_AfterCloseByAFreshObject_ClaimsAgain()
    {
        var probe = Probe();
        probe.Open();
        probe.ClaimInterface(0);
        probe.Close();
        using var fresh = probe.Clone();
        fresh.Open();

        Assert.True(fresh.ClaimInterface(0));
    }

    [Fact]
    public void Endpoints_OneCommand_AnswerIsRead()
    {
        var probe = Opened();

        Assert.Equal(Error.Success, probe.OpenEndpointWriter(WriteEndpointID.Ep02).Write(GetVersion, 1000, out var sent));
        var answer = new byte[64];
        Assert.Equal(Error.Success, probe.OpenEndpointReader(ReadEndpointID.Ep01).Read(answer, 1000, out var received));

        Assert.Equal((16, 6), (sent, received));
        Assert.Equal([0x83, 0x04], answer[2..4]);
    }

    [Fact]
    public void Read_NothingToSay_ReturnsTimeoutAndDoesNotThrow()
    {
        var answer = new byte[64];

        Assert.Equal(Error.Timeout, Opened().OpenEndpointReader(ReadEndpointID.Ep01).Read(answer, 20, out var received));
        Assert.Equal(0, received);
    }

    [Fact]
    public void Read_ProbeUnplugged_ReturnsNoDevice()
    {
        var probe = Opened();
        using var unplugged = bench.Unplug();
        Assert.Equal(Error.NoDevice, probe.OpenEndpointReader(ReadEndpointID.Ep01).Read(new byte[64], 1000, out _));
        Assert.Equal(Error.NoDevice, Assert.Throws<UsbException>(probe.ResetDevice).ErrorCode);
        probe.Close();
    }

    [Fact]
    public void ControlTransfer_SerialNumber_IsReadAsUtf16()
    {
        var probe = Opened();
        var descriptor = new byte[18];
        Assert.Equal(18, probe.ControlTransfer(new UsbSetupPacket(0x80, 6, 0x0100, 0, 18), descriptor, 0, 18));
        var text = new byte[255];
        var count = probe.ControlTransfer(new UsbSetupPacket(0x80, 6, 0x0300 | descriptor[16], 0x0409, 255), text, 0, 255);

        Assert.Equal(bench.Bench.Description.Probe.Serial, Encoding.Unicode.GetString(text, 2, count - 2));
    }

    [Fact]
    public void ControlTransfer_Refused_ThrowsPipe() =>
        Assert.Equal(Error.Pipe, Assert.Throws<UsbException>(() => Opened().ControlTransfer(new UsbSetupPacket(0x80, 6, 0x0F00, 0, 5), new byte[5], 0, 5)).ErrorCode);

    [Fact]
    public void ReleaseInterface_NeverClaimed_IsNotFound()
    {
        var probe = Probe();
        probe.Open();

        Assert.Equal(Error.NotFound, Assert.Throws<UsbException>(() => probe.ReleaseInterface(0)).ErrorCode);
    }

    [Fact]
    public void ThrowOnError_EveryCode_CarriesItAndLibusbsText()
    {
        var thrown = Assert.Throws<UsbException>(() => Error.Access.ThrowOnError());

        Assert.Equal((Error.Access, (int)Error.Access), (thrown.ErrorCode, thrown.HResult));
        Assert.NotEmpty(thrown.Message);
        Error.Success.ThrowOnError();
    }

    [Fact]
    public void LocationId_Places_AreNamedAsTheKernelDoes()
    {
        Assert.Equal("1-1.4", new LocationId(1, new([1, 4])).ToString());
        Assert.Equal("2", new LocationId(2, new([])).ToString());
    }

    private static UsbContext Context(LibUsbBench bench)
    {
        bench.Ready();
        return new UsbContext();
    }

    private IUsbDevice Probe() => Assert.Single(_listed ??= _context.List());

    private IUsbDevice Opened()
    {
        var probe = Probe();
        probe.Open();
        probe.ClaimInterface(0);
        return probe;
    }
}
