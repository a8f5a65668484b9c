namespace FarmAgent.Probes.StLink;

/// <summary>A kind of ST-LINK by its USB ids, with the endpoints of its debug interface (always interface 0, alternate setting 0).</summary>
internal sealed record StLinkModel(string Name, int Generation, byte CommandEndpoint, byte ReplyEndpoint, string? Unsupported = null)
{
    private const ushort StMicroelectronics = 0x0483;

    private const int FullSpeedPacket = 64;
    private const int HighSpeedPacket = 512;

    private const string LoaderHint =
        "it is in its firmware loader, which cannot debug. Unplug it and plug it in again; if it stays so, finish its firmware update.";

    private static readonly Dictionary<ushort, StLinkModel> ByProduct = new()
    {
        [0x3744] = new("ST-LINK/V1", 1, 0x02, 0x81, "the first generation speaks over mass storage, which is not supported. Use an ST-LINK/V2."),
        [0x3748] = new("ST-LINK/V2", 2, 0x02, 0x81),
        [0x3742] = new("ST-LINK/V2-1", 2, 0x01, 0x81),
        [0x374A] = new("ST-LINK/V2-1", 2, 0x01, 0x81),
        [0x374B] = new("ST-LINK/V2-1", 2, 0x01, 0x81),
        [0x3752] = new("ST-LINK/V2-1", 2, 0x01, 0x81),
        [0x374D] = new("ST-LINK/V3 loader", 3, 0x01, 0x81, LoaderHint),
        [0x374E] = new("ST-LINK/V3", 3, 0x01, 0x81),
        [0x374F] = new("ST-LINK/V3", 3, 0x01, 0x81),
        [0x3753] = new("ST-LINK/V3", 3, 0x01, 0x81),
        [0x3754] = new("ST-LINK/V3", 3, 0x01, 0x81),
        [0x3755] = new("ST-LINK/V3PWR loader", 4, 0x01, 0x81, LoaderHint),
        [0x3757] = new("ST-LINK/V3PWR", 4, 0x01, 0x81),
    };

    /// <summary>Bytes of a full bulk packet: the third generation runs at high speed.</summary>
    public int PacketLength => Generation >= 3 ? HighSpeedPacket : FullSpeedPacket;

    /// <summary>IN endpoint of trace data: a stand-alone V2 has its own layout.</summary>
    public byte TraceEndpoint => CommandEndpoint == 0x02 ? (byte)0x83 : (byte)0x82;

    /// <summary>The model with these ids, or null when the device is no ST-LINK.</summary>
    public static StLinkModel? Find(ushort vendorId, ushort productId) =>
        vendorId == StMicroelectronics ? ByProduct.GetValueOrDefault(productId) : null;
}
