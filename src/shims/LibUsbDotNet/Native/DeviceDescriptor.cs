using System.Runtime.InteropServices;

namespace LibUsbDotNet.Native;

/// <summary>The device descriptor in host byte order (<c>struct libusb_device_descriptor</c>; USB 2.0 section 9.6.1).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DeviceDescriptor
{
    public byte Length;
    public byte DescriptorType;
    public ushort Usb;
    public byte DeviceClass;
    public byte DeviceSubClass;
    public byte DeviceProtocol;
    public byte MaxPacketSize0;
    public ushort VendorId;
    public ushort ProductId;
    public ushort Device;
    public byte ManufacturerIndex;
    public byte ProductIndex;
    public byte SerialNumberIndex;
    public byte ConfigurationCount;
}
