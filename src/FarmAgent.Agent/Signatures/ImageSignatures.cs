using FarmAgent.Boards.Inventory;
using FarmAgent.Flashing.Images;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Signatures;

/// <summary>
/// The policy of boards that flash only what one of their keys released. The signature is over the meta-information file, which names the
/// image by its digest: neither the image nor what is said of it can be exchanged.
/// </summary>
internal sealed class ImageSignatures
{
    private const string DigestMark = "images/sha256:";

    private readonly Dictionary<string, IReadOnlyList<ReleaseKey>> _keys = new(StringComparer.Ordinal);

    /// <summary>Reads the keys of all boards.</summary>
    /// <exception cref="AgentException">One cannot be used (<c>CONFIG_INVALID</c>).</exception>
    public ImageSignatures(BoardInventory inventory)
    {
        foreach (var board in inventory.Boards.Where(b => b.Flash.RequireSignature.Count > 0))
        {
            _keys[board.Name] = [.. board.Flash.RequireSignature.Select(ReleaseKey.Read)];
        }
    }

    /// <summary>Passes when an image may be flashed on a board.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="name">File name of the image, for messages.</param>
    /// <param name="resource">Resource name of the image, which holds its digest.</param>
    /// <param name="proof">What came with the request; null or empty for nothing.</param>
    /// <returns>Who released it; null where the board does not ask.</returns>
    /// <exception cref="ImageException">Not signed, or not rightly (<c>IMAGE_NOT_SIGNED</c>, <c>SIGNATURE_INVALID</c>).</exception>
    public Wire.ImageSigner? Check(string board, string name, string resource, Wire.ImageSignature? proof)
    {
        if (!_keys.TryGetValue(board, out var keys))
        {
            return null;
        }

        if (proof is null || proof.Meta.Length == 0 || proof.Signature.Length == 0)
        {
            throw new ImageException(
                "IMAGE_NOT_SIGNED",
                $"{board} flashes only images released by {NamesOf(keys)}, and {name} came without a signature. Nothing was written. Give --meta and --signature.");
        }

        var meta = proof.Meta.Span;
        if (meta.Length > ImageMeta.LargestBytes)
        {
            throw new ImageException("SIGNATURE_INVALID", $"The meta-information file has {meta.Length} bytes; {ImageMeta.LargestBytes} are allowed. Nothing was written.");
        }

        var key = Find(keys, meta, proof.Signature.Span) ?? throw new ImageException(
            "SIGNATURE_INVALID",
            $"The signature of {name} was made by none of the keys that {board} knows ({NamesOf(keys)}), or the meta-information file was changed. Nothing was written. Take the files as they were released.");
        var read = ImageMeta.Read(meta);
        var digest = resource.StartsWith(DigestMark, StringComparison.Ordinal) ? resource[DigestMark.Length..] : "";
        return read.Sha256 == digest
            ? new Wire.ImageSigner { Key = key.Name, KeySha256 = key.Sha256, Version = read.Version, Commit = read.Commit }
            : throw new ImageException(
                "SIGNATURE_INVALID",
                $"The meta-information file is for the image sha256:{read.Sha256}, and {name} is sha256:{digest}. Nothing was written. Give the file that belongs to this image.");
    }

    /// <summary>Passes when a foreign tool may have the board's probe: by it anything could be programmed.</summary>
    /// <exception cref="ImageException">The board flashes only signed images (<c>IMAGE_NOT_SIGNED</c>).</exception>
    public void RefuseRawAccess(string board)
    {
        if (_keys.TryGetValue(board, out var keys))
        {
            throw new ImageException(
                "IMAGE_NOT_SIGNED",
                $"{board} flashes only images released by {NamesOf(keys)}, and by its bare probe anything could be programmed. Use farmctl flash with a signature; farmctl tunnel gdb without 'load' is open.");
        }
    }

    private static ReleaseKey? Find(IReadOnlyList<ReleaseKey> keys, ReadOnlySpan<byte> meta, ReadOnlySpan<byte> signature)
    {
        foreach (var key in keys)
        {
            if (key.Verifies(meta, signature))
            {
                return key;
            }
        }

        return null;
    }

    private static string NamesOf(IReadOnlyList<ReleaseKey> keys) => string.Join(" or ", keys.Select(k => k.Name));
}
