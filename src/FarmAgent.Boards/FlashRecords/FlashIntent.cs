using FarmAgent.Flashing;

namespace FarmAgent.Boards.FlashRecords;

/// <summary>What an operation is about to do to a chip's flash: written down before the first sector is touched.</summary>
public sealed record FlashIntent
{
    /// <summary>Id of the operation.</summary>
    public required string OperationId { get; init; }

    /// <summary>Name of the board.</summary>
    public required string Board { get; init; }

    /// <summary>SHA-256 of the image as hex; null for an erase.</summary>
    public string? ImageSha256 { get; init; }

    /// <summary>File name of the image; null for an erase.</summary>
    public string? FileName { get; init; }

    /// <summary>Ranges that are undefined until the operation has ended well.</summary>
    public required IReadOnlyList<AddressRange> Touched { get; init; }

    /// <summary>Id of the lease it runs under.</summary>
    public required string LeaseId { get; init; }

    /// <summary>Wall time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>For a person, for example <c>flash of sha256:9f31c2d4</c>.</summary>
    public string Description => ImageSha256 is null ? "erase" : $"flash of sha256:{ImageSha256[..Math.Min(8, ImageSha256.Length)]}";
}
