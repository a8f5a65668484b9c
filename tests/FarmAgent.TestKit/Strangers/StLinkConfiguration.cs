namespace FarmAgent.TestKit.Strangers;

/// <summary>The configuration descriptor of an ST-LINK with its interfaces (USB 2.0 section 9.6.3): debug first, then what a board's probe has beside it.</summary>
/// <param name="Bytes">As on the wire.</param>
/// <param name="IsComposite">True when there is more than the debug interface.</param>
/// <param name="IsHighSpeed">True for packets of 512 bytes.</param>
internal sealed record StLinkConfiguration(byte[] Bytes, bool IsComposite, bool IsHighSpeed)
{
    private const byte In = 0x80;
    private const byte Bulk = 2;
    private const byte Interrupt = 3;

    /// <summary>The configuration of a product: a V2 has the debug interface alone, a V2-1 and V3 also mass storage and serial ports.</summary>
    public static StLinkConfiguration Of(ushort product) => product switch
    {
        0x3752 => Make(highSpeed: false, massStorage: false, serialPorts: 1),
        0x374A or 0x374B => Make(highSpeed: false, massStorage: true, serialPorts: 1),
        0x3753 => Make(highSpeed: true, massStorage: false, serialPorts: 2),
        0x3754 => Make(highSpeed: true, massStorage: false, serialPorts: 1),
        0x374E or 0x374F or 0x3757 => Make(highSpeed: true, massStorage: true, serialPorts: 1),
        _ => new StLinkConfiguration(Whole(1, [.. Interface(0, 3, 0xFF, 0xFF, 0xFF, 4), .. Endpoint(In | 1, Bulk, 64), .. Endpoint(2, Bulk, 64), .. Endpoint(In | 3, Bulk, 64)]), false, false),
    };

    private static StLinkConfiguration Make(bool highSpeed, bool massStorage, int serialPorts)
    {
        var packet = highSpeed ? 512 : 64;
        byte count = 1;
        byte endpoint = 3;
        List<byte> parts = [.. Interface(0, 3, 0xFF, 0xFF, 0xFF, 4), .. Endpoint(In | 1, Bulk, packet), .. Endpoint(1, Bulk, packet), .. Endpoint(In | 2, Bulk, packet)];
        if (massStorage)
        {
            // SCSI commands, bulk only.
            parts.AddRange([.. Interface(count++, 2, 8, 6, 0x50, 0), .. Endpoint((byte)(In | endpoint), Bulk, packet), .. Endpoint(endpoint, Bulk, packet)]);
            endpoint++;
        }

        for (var port = 0; port < serialPorts; port++)
        {
            parts.AddRange(SerialPort(count, endpoint, packet));
            count += 2;
            endpoint += 2;
        }

        return new StLinkConfiguration(Whole(count, parts), true, highSpeed);
    }

    /// <summary>A communication device class function: its association, control interface and data interface.</summary>
    private static byte[] SerialPort(byte first, byte endpoint, int packet) =>
    [
        8, 11, first, 2, 2, 2, 1, 0,
        .. Interface(first, 1, 2, 2, 1, 0),
        5, 0x24, 0, 0x10, 0x01,
        5, 0x24, 1, 0, (byte)(first + 1),
        4, 0x24, 2, 2,
        5, 0x24, 6, first, (byte)(first + 1),
        .. Endpoint((byte)(In | (endpoint + 1)), Interrupt, 10),
        .. Interface((byte)(first + 1), 2, 10, 0, 0, 0),
        .. Endpoint((byte)(In | endpoint), Bulk, packet), .. Endpoint(endpoint, Bulk, packet),
    ];

    private static byte[] Whole(byte interfaces, IReadOnlyCollection<byte> parts) =>
        [9, 2, (byte)(9 + parts.Count), (byte)((9 + parts.Count) >> 8), interfaces, 1, 0, 0x80, 50, .. parts];

    private static byte[] Interface(byte number, byte endpoints, byte kind, byte subclass, byte protocol, byte name) =>
        [9, 4, number, 0, endpoints, kind, subclass, protocol, name];

    private static byte[] Endpoint(byte address, byte type, int packet) => [7, 5, address, type, (byte)packet, (byte)(packet >> 8), type == Interrupt ? (byte)255 : (byte)0];
}
