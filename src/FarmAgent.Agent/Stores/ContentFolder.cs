using System.Security.Cryptography;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Linux.Files;

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
/// <param name="rule">How much is kept.</param>
/// <param name="room">Refuses uploads before the disk is full.</param>
/// <param name="usedSince">Start of the oldest lease in force: what was used since may be needed still.</param>
/// <param name="time">Wall time of uses.</param>
internal sealed class ContentFolder(string folder, string kind, long largest, RetentionRule rule, StateRoom room, Func<DateTimeOffset> usedSince, TimeProvider time)
{
    private const string PartSuffix = ".part";
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

        room.Check($"this {kind}");
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, Path.GetRandomFileName() + PartSuffix);
        try
        {
            var digest = await ReceiveAsync(partial, pieces, cancellationToken);
            var path = Path.Combine(folder, digest);

            // The name first: a file that is there has one.
            DurableFiles.WriteText(path + NameSuffix, name);
            DurableFiles.Publish(partial, path);
            Touch(path);
            Prune(keep: digest);
            return new StoredContent(digest, path, name, new FileInfo(path).Length);
        }
        catch (IOException e)
        {
            throw StateFaults.Of(e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Keeps something about a file beside it, as durably as the file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="suffix">Which note: a dot and a word.</param>
    /// <param name="text">The note.</param>
    public static void Note(StoredContent content, string suffix, string text)
    {
        try
        {
            DurableFiles.WriteText(content.Path + suffix, text);
        }
        catch (IOException e)
        {
            throw StateFaults.Of(e);
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

        Touch(path);
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

        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Removes what the rule does not keep.</summary>
    /// <param name="keep">Digest of one that stays in any case; null for none.</param>
    public void Prune(string? keep)
    {
        var all = new DirectoryInfo(folder);
        if (!all.Exists)
        {
            return;
        }

        var (since, now) = (usedSince(), time.GetUtcNow());
        var items =
            from file in all.GetFiles()
            where file.Extension.Length == 0
            let used = new DateTimeOffset(file.LastWriteTimeUtc)
            select new RetainedItem(file.Name, used, file.Length, file.Name == keep || used >= since);
        foreach (var old in rule.Choose(items, now))
        {
            // The file before its notes: what is there has its name.
            File.Delete(Path.Combine(folder, old.Name));
            foreach (var note in all.GetFiles(old.Name + ".*"))
            {
                note.Delete();
            }
        }
    }

    /// <summary>Removes what broken-off uploads of an earlier agent left; to be called before there are new ones.</summary>
    public void Clean()
    {
        foreach (var part in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + PartSuffix) : [])
        {
            File.Delete(part);
        }
    }

    private void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (IOException)
        {
            // A disk that takes no writes is still read.
        }
    }
}
