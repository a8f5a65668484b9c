using System.Buffers.Binary;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>What a device says of itself (USB 2.0 section 9.6): one configuration with one interface of the vendor's own class.</summary>
internal sealed class UsbDescriptors
{
    private const byte DeviceType = 1;
    private const byte ConfigurationType = 2;
    private const byte StringType = 3;
    private const byte InterfaceType = 4;
    private const byte EndpointType = 5;
    private const byte VendorClass = 0xFF;
    private const byte BulkTransfers = 2;
    private const byte PacketLength = 64;
    private const int HeadLength = 9;
    private const int EndpointLength = 7;
    private const char EnglishOfTheUnitedStates = '\u0409';
    private const int LongestString = 126;

    private readonly string[] _strings;

    /// <param name="vendorId">USB vendor id.</param>
    /// <param name="productId">USB product id.</param>
    /// <param name="release">Release number of the device, binary coded.</param>
    /// <param name="strings">Manufacturer, product and serial number; a missing one is left empty.</param>
    /// <param name="endpoints">Addresses of its bulk endpoints.</param>
    public UsbDescriptors(ushort vendorId, ushort productId, ushort release, IReadOnlyList<string> strings, params ReadOnlySpan<byte> endpoints)
    {
        _strings = [EnglishOfTheUnitedStates.ToString(), .. strings];

        // USB 2.0; class, subclass and protocol are the interface's; 64 bytes on endpoint 0; one configuration.
        var device = new byte[18];
        (device[0], device[1], device[3], device[7], device[17]) = ((byte)device.Length, DeviceType, 0x02, PacketLength, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(device.AsSpan(8), vendorId);
        BinaryPrimitives.WriteUInt16LittleEndian(device.AsSpan(10), productId);
        BinaryPrimitives.WriteUInt16LittleEndian(device.AsSpan(12), release);
        for (var index = 1; index < _strings.Length; index++)
        {
            device[13 + index] = _strings[index].Length == 0 ? (byte)0 : (byte)index;
        }

        Device = device;
        Configuration = Configured(endpoints);
    }

    /// <summary>The device descriptor.</summary>
    public byte[] Device { get; }

    /// <summary>The configuration with its interface and endpoints.</summary>
    public byte[] Configuration { get; }

    /// <summary>What GET_DESCRIPTOR asks for (section 9.4.3); null for what the device does not have.</summary>
    /// <param name="value">Type in the upper byte, index in the lower one.</param>
    public byte[]? Find(ushort value) => (byte)(value >> 8) switch
    {
        DeviceType => Device,
        ConfigurationType when (byte)value == 0 => Configuration,
        StringType => Text((byte)value),
        _ => null,
    };

    private static byte[] Configured(ReadOnlySpan<byte> endpoints)
    {
        var all = new byte[(2 * HeadLength) + (EndpointLength * endpoints.Length)];
        byte[] head =
        [
            HeadLength, ConfigurationType, (byte)all.Length, 0, 1, 1, 0, 0x80, 50,
            HeadLength, InterfaceType, 0, 0, (byte)endpoints.Length, VendorClass, VendorClass, VendorClass, 0,
        ];
        head.CopyTo(all, 0);
        for (var index = 0; index < endpoints.Length; index++)
        {
            byte[] endpoint = [EndpointLength, EndpointType, endpoints[index], BulkTransfers, PacketLength, 0, 0];
            endpoint.CopyTo(all, (2 * HeadLength) + (index * EndpointLength));
        }

        return all;
    }

    private byte[]? Text(byte index)
    {
        if (index >= _strings.Length || _strings[index].Length == 0)
        {
            return null;
        }

        // Code units as they are: the serial number of many an adapter is no valid UTF-16.
        var text = _strings[index].AsSpan(0, Math.Min(_strings[index].Length, LongestString));
        var descriptor = new byte[2 + (2 * text.Length)];
        (descriptor[0], descriptor[1]) = ((byte)descriptor.Length, StringType);
        for (var unit = 0; unit < text.Length; unit++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(descriptor.AsSpan(2 + (2 * unit)), text[unit]);
        }

        return descriptor;
    }
}
