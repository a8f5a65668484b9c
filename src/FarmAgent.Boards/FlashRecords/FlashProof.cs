namespace FarmAgent.Boards.FlashRecords;

/// <summary>What a receipt proves about a board, with the facts by which its validity is watched.</summary>
public sealed record FlashProof
{
    /// <summary>Id of the receipt.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>Id of the operation that made it.</summary>
    public required string OperationId { get; init; }

    /// <summary>Name of the board.</summary>
    public required string Board { get; init; }

    /// <summary>SHA-256 of the image as hex.</summary>
    public required string ImageSha256 { get; init; }

    /// <summary>File name of the image.</summary>
    public required string FileName { get; init; }

    /// <summary>Serial of the probe it was made through.</summary>
    public required string ProbeSerial { get; init; }

    /// <summary>DBGMCU_IDCODE of the chip.</summary>
    public required uint DeviceIdCode { get; init; }

    /// <summary>Unique id of the chip as hex; null where it has none.</summary>
    public string? ChipUniqueId { get; init; }

    /// <summary>Wall time at which the flash ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The whole receipt as the agent writes it, kept in the same commit.</summary>
    public string Document { get; init; } = "";
}
