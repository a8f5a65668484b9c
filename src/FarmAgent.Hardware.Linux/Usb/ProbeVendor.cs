namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>Which devices are opened to read their strings: others belong to somebody else and are only listed.</summary>
internal static class ProbeVendor
{
    private const ushort StMicroelectronics = 0x0483;

    /// <summary>True for a vendor id of debug probes.</summary>
    public static bool IsOne(ushort vendorId) => vendorId == StMicroelectronics;
}
