using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>A device of the board in its place on a bus that exists only here: <c>1-1</c> is the probe, the I2C adapters follow.</summary>
/// <param name="device">The device.</param>
/// <param name="place">Its socket, from 1.</param>
internal sealed class UsbIpDevice(UsbDevice device, int place)
{
    private const int PathLength = 256;
    private const int RecordLength = PathLength + UsbIpProtocol.BusIdLength + 24;
    private const uint Bus = 1;
    private const uint FullSpeed = 2;
    private const byte InterfaceType = 4;

    /// <summary>Name for the agent.</summary>
    public string Name => device.Name;

    /// <summary>What importers call it.</summary>
    public string BusId { get; } = string.Create(CultureInfo.InvariantCulture, $"{Bus}-{place}");

    /// <summary>Vendor and product, as lsusb writes them.</summary>
    public string Id => string.Create(
        CultureInfo.InvariantCulture,
        $"{BinaryPrimitives.ReadUInt16LittleEndian(Descriptor[8..]):x4}:{BinaryPrimitives.ReadUInt16LittleEndian(Descriptor[10..]):x4}");

    private ReadOnlySpan<byte> Descriptor => device.DeviceDescriptor.Span;

    /// <summary>Its record in the answer to an import.</summary>
    public byte[] Record()
    {
        var record = new byte[RecordLength];
        Encoding.ASCII.GetBytes($"/sys/devices/farm/usb{Bus}/{BusId}", record);
        Encoding.ASCII.GetBytes(BusId, record.AsSpan(PathLength));
        var numbers = record.AsSpan(PathLength + UsbIpProtocol.BusIdLength);
        BinaryPrimitives.WriteUInt32BigEndian(numbers, Bus);
        BinaryPrimitives.WriteUInt32BigEndian(numbers[4..], (uint)place + 1);
        BinaryPrimitives.WriteUInt32BigEndian(numbers[8..], FullSpeed);
        for (var offset = 8; offset < 14; offset += 2)
        {
            // Vendor, product, release: low byte first in the descriptor, high byte first here.
            BinaryPrimitives.WriteUInt16BigEndian(numbers[(offset + 4)..], BinaryPrimitives.ReadUInt16LittleEndian(Descriptor[offset..]));
        }

        // Class, subclass and protocol; no configuration is chosen yet; one there is.
        Descriptor[4..7].CopyTo(numbers[18..]);
        (numbers[22], numbers[23]) = (Descriptor[17], (byte)Interfaces().Count);
        return record;
    }

    /// <summary>Its record in the list, where its interfaces follow.</summary>
    public byte[] ListRecord() => [.. Record(), .. Interfaces().SelectMany(i => i)];

    private List<byte[]> Interfaces()
    {
        var interfaces = new List<byte[]>();
        var rest = device.Configuration.Span;
        while (rest.Length >= 2 && rest[0] >= 2 && rest[0] <= rest.Length)
        {
            if (rest[1] == InterfaceType && rest[0] >= 8)
            {
                interfaces.Add([rest[5], rest[6], rest[7], 0]);
            }

            rest = rest[rest[0]..];
        }

        return interfaces;
    }
}
