using System.Security.Cryptography;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Stores;

/// <summary>A file in a <see cref="ContentFolder"/>.</summary>
/// <param name="Digest">SHA-256 as 64 hex digits.</param>
/// <param name="Path">Where it is.</param>
/// <param name="FileName">Name its sender gave.</param>
/// <param name="Bytes">Size.</param>
internal sealed record StoredContent(string Digest, string Path, string FileName, long Bytes);

/// <summary>Files named by their digest (images, suites), each with the name its sender gave. Bounded: what was used least lately goes first.</summary>
/// <param name="folder">Where they are; made when needed.</param>
/// <param name="kind">What they are, for names and messages: <c>image</c>.</param>
/// <param name="largest">Largest file in bytes.</param>
internal sealed class ContentFolder(string folder, string kind, long largest)
{
    private const int MostFiles = 64;
    private const string NameSuffix = ".name";

    private readonly string _prefix = kind + "s/sha256:";

    /// <summary>Resource name of a digest.</summary>
    public string NameOf(string digest) => _prefix + digest;

    /// <summary>Takes a file in pieces.</summary>
    /// <param name="fileName">Name its sender gave.</param>
    /// <param name="pieces">Its bytes.</param>
    /// <param name="cancellationToken">Ends the taking.</param>
    /// <exception cref="RequestException">Too large (<c>…_TOO_LARGE</c>) or without a usable name.</exception>
    public async Task<StoredContent> StoreAsync(string fileName, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(fileName.Replace('\\', '/'));
        if (name.Length is 0 or > 200)
        {
            throw new RequestException("REQUEST_INVALID", $"'{fileName}' is no name of a file. Send the file's own name in the header.");
        }

        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, Path.GetRandomFileName() + ".part");
        try
        {
            var digest = await ReceiveAsync(partial, pieces, cancellationToken);
            var path = Path.Combine(folder, digest);
            File.Move(partial, path, overwrite: true);
            await File.WriteAllTextAsync(path + NameSuffix, name, cancellationToken);
            Prune(keep: digest);
            return new StoredContent(digest, path, name, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Finds a file.</summary>
    /// <param name="resource">Its resource name.</param>
    /// <exception cref="RequestException">Not here, or no name of this kind (<c>…_UNKNOWN</c>).</exception>
    public StoredContent Find(string resource)
    {
        var digest = resource.StartsWith(_prefix, StringComparison.Ordinal) ? resource[_prefix.Length..] : "";
        var path = Path.Combine(folder, digest);
        if (digest.Length != 64 || !digest.All(char.IsAsciiHexDigitLower) || !File.Exists(path))
        {
            throw new RequestException(
                $"{kind.ToUpperInvariant()}_UNKNOWN",
                $"There is no {kind} '{resource}' here: never uploaded, or removed since to make room. Upload it again.").With(kind, resource);
        }

        return new StoredContent(digest, path, File.ReadAllText(path + NameSuffix), new FileInfo(path).Length);
    }

    private async Task<string> ReceiveAsync(string path, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path);
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            if (file.Length + piece.Length > largest)
            {
                throw new RequestException(
                    $"{kind.ToUpperInvariant()}_TOO_LARGE", $"The {kind} is larger than {largest / (1024 * 1024)} MiB, which is the limit. Strip it, or leave files out.");
            }

            hash.AppendData(piece.Span);
            await file.WriteAsync(piece, cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Prune(string keep)
    {
        var files = new DirectoryInfo(folder).GetFiles().Where(f => f.Extension.Length == 0 && f.Name != keep).OrderByDescending(f => f.LastWriteTimeUtc);
        foreach (var old in files.Skip(MostFiles - 1))
        {
            old.Delete();
            File.Delete(old.FullName + NameSuffix);
        }
    }
}
