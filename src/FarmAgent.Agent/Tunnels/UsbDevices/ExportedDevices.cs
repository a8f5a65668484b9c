using System.Globalization;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.StLink;
using Google.Protobuf;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>What a board offers as USB devices, and how each describes itself.</summary>
internal static class ExportedDevices
{
    /// <summary>Name of the probe among them.</summary>
    public const string Probe = "probe";

    private const ushort TinyUsbVendor = 0x0403;
    private const ushort TinyUsbProduct = 0xC631;
    private const ushort TinyUsbRelease = 0x0205;
    private const ushort StLinkRelease = 0x0100;

    /// <summary>The devices that are there now.</summary>
    public static IEnumerable<Wire.UsbDevice> List(BoardSession session)
    {
        if (session.Probe?.Refresh().Info is { } probe)
        {
            yield return ToWire(Probe, Describe(probe));
        }

        foreach (var bus in session.I2cBuses)
        {
            yield return ToWire(bus.Description.Name, Describe(session.Name, bus));
        }
    }

    /// <summary>A probe as its host lists it. Only the debug interface is passed on: others of the same device belong to its host.</summary>
    /// <exception cref="RequestException">It is no ST-LINK (<c>PROBE_NOT_EXPORTABLE</c>).</exception>
    public static UsbDescriptors Describe(ProbeInfo probe) => StLinkEndpoints.Of(probe.Device) is { } endpoints
        ? new UsbDescriptors(
            probe.Device.VendorId,
            probe.Device.ProductId,
            StLinkRelease,
            ["STMicroelectronics", probe.Device.Product ?? probe.Model, probe.Device.RawSerial ?? probe.Serial],
            endpoints.Reply,
            endpoints.Command,
            endpoints.Trace)
        : throw new RequestException("PROBE_NOT_EXPORTABLE", $"{probe} is no ST-LINK, so its endpoints are not known. Use a board with an ST-LINK.");

    /// <summary>An I2C adapter as an i2c-tiny-usb; its serial number says which.</summary>
    public static UsbDescriptors Describe(string board, BoardI2cBus bus) => new(
        TinyUsbVendor, TinyUsbProduct, TinyUsbRelease, ["FarmAgent", "i2c-tiny-usb", string.Create(CultureInfo.InvariantCulture, $"{board}-{bus.Description.Name}")]);

    /// <summary>A device for its user.</summary>
    public static Wire.UsbDevice ToWire(string name, UsbDescriptors descriptors) => new()
    {
        Name = name,
        DeviceDescriptor = UnsafeByteOperations.UnsafeWrap(descriptors.Device),
        Configuration = UnsafeByteOperations.UnsafeWrap(descriptors.Configuration),
    };
}
