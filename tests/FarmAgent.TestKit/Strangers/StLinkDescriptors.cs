using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.TestKit.Strangers;

/// <summary>
/// The USB descriptors of an ST-LINK (USB 2.0 section 9.6), which the seam does not carry: what it lists is filled into those that a real
/// adapter shows.
/// </summary>
internal sealed class StLinkDescriptors(UsbDeviceInfo device)
{
    private const byte DeviceType = 1;
    private const byte ConfigurationType = 2;
    private const byte StringType = 3;
    private const byte FullSpeed = 2;
    private const byte HighSpeed = 3;

    private readonly StLinkConfiguration _configuration = StLinkConfiguration.Of(device.ProductId);

    private byte[] Configuration => _configuration.Bytes;

    /// <summary>The record of one device in the list that the protocol sends.</summary>
    /// <param name="address">Device address on its bus.</param>
    public byte[] Record(byte address)
    {
        var path = device.PortPath.Split('-', '.').Select(p => byte.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var record = new byte[14];
        record[0] = path[0];
        record[1] = address;
        record[2] = _configuration.IsHighSpeed ? HighSpeed : FullSpeed;
        record[3] = (byte)(path.Length - 1);
        path.AsSpan(1).CopyTo(record.AsSpan(4));
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(12), (ushort)Configuration.Length);
        return [.. record, .. Device(), .. Configuration];
    }

    /// <summary>The descriptor of GET_DESCRIPTOR (section 9.4.3), or null for one that the device does not have and stalls.</summary>
    /// <param name="value">Type in the upper byte, index in the lower one.</param>
    public byte[]? Find(ushort value) => (byte)(value >> 8) switch
    {
        DeviceType => Device(),
        ConfigurationType => Configuration,
        StringType => Text((byte)value),
        _ => null,
    };

    private byte[] Device()
    {
        // Several functions in one device are announced by the class of interface associations.
        byte[] kind = _configuration.IsComposite ? [0xEF, 2, 1] : [0, 0, 0];
        byte[] descriptor = [18, DeviceType, 0x00, 0x02, .. kind, 64, 0, 0, 0, 0, 0x00, 0x01, 1, 2, 3, 1];
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor.AsSpan(8), device.VendorId);
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor.AsSpan(10), device.ProductId);
        return descriptor;
    }

    private byte[]? Text(byte index)
    {
        // Index 0 lists the languages: only English of the United States.
        var text = index switch
        {
            0 => "\u0409",
            1 => "STMicroelectronics",
            2 => device.Product ?? string.Empty,
            3 => device.RawSerial ?? string.Empty,
            4 => "ST Link",
            _ => null,
        };
        return text is null ? null : [(byte)(2 + (text.Length * 2)), StringType, .. Encoding.Unicode.GetBytes(text)];
    }
}
