using FarmAgent.Hardware.Usb;

namespace FarmAgent.Probes.StLink;

/// <summary>Bulk endpoint addresses of an ST-LINK's debug interface.</summary>
/// <param name="Command">OUT, commands and data.</param>
/// <param name="Reply">IN, replies.</param>
/// <param name="Trace">IN, trace data.</param>
public readonly record struct StLinkEndpoints(byte Command, byte Reply, byte Trace)
{
    /// <summary>The endpoints of a device; null when it is no ST-LINK.</summary>
    /// <param name="device">As the host lists it.</param>
    public static StLinkEndpoints? Of(UsbDeviceInfo device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return StLinkModel.Find(device.VendorId, device.ProductId) is { } model
            ? new StLinkEndpoints(model.CommandEndpoint, model.ReplyEndpoint, model.TraceEndpoint)
            : null;
    }
}
