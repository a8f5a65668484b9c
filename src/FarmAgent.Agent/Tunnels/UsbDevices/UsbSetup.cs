using System.Buffers.Binary;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>The setup packet of a control transfer (USB 2.0 section 9.3).</summary>
/// <param name="RequestType">Direction in bit 7, type in bits 6..5, recipient below.</param>
/// <param name="Request">Which request.</param>
/// <param name="Value">Its first argument.</param>
/// <param name="Index">Its second argument.</param>
/// <param name="Length">Length of the data stage in bytes.</param>
internal readonly record struct UsbSetup(byte RequestType, byte Request, ushort Value, ushort Index, ushort Length)
{
    /// <summary>Length of the packet in bytes.</summary>
    public const int PacketLength = 8;

    /// <summary>True when the data stage goes to the host.</summary>
    public bool IsIn => (RequestType & 0x80) != 0;

    /// <summary>True for a request of the vendor's own, false for one of the standard.</summary>
    public bool IsVendor => (RequestType & 0x60) == 0x40;

    /// <summary>True for a request that USB 2.0 section 9.4 defines.</summary>
    public bool IsStandard => (RequestType & 0x60) == 0;

    /// <summary>Reads a packet.</summary>
    /// <param name="packet">8 bytes.</param>
    public static UsbSetup Parse(ReadOnlySpan<byte> packet) => new(
        packet[0],
        packet[1],
        BinaryPrimitives.ReadUInt16LittleEndian(packet[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(packet[4..]),
        BinaryPrimitives.ReadUInt16LittleEndian(packet[6..]));
}
