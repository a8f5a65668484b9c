using System.Formats.Tar;
using FarmAgent.Agent.Stores;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Lays a stored suite out in the folder of a run. An archive comes from outside: nothing of it may land outside of its folder, be anything
/// but a file or a folder, or be more than the limits allow.
/// </summary>
/// <param name="limits">How large it may be.</param>
internal sealed class SuiteUnpacker(SuiteLimits limits)
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Passes when a file of this name can be a suite.</summary>
    /// <exception cref="RequestException">It cannot (<c>REQUEST_INVALID</c>).</exception>
    public static void CheckName(string fileName)
    {
        if (!IsArchive(fileName) && !fileName.EndsWith(".robot", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestException(
                "REQUEST_INVALID", $"'{fileName}' is neither a .robot file nor a .tar archive of a folder. Send one of these; compressed archives are not taken.");
        }
    }

    /// <summary>Path inside the suite's folder of all that it holds.</summary>
    public static string WholeOf(StoredContent suite) => IsArchive(suite.FileName) ? "" : suite.FileName;

    /// <summary>Lays the suite out.</summary>
    /// <param name="suite">The stored suite.</param>
    /// <param name="folder">Folder for it; made.</param>
    /// <param name="cancellationToken">Ends it half way; the folder is the caller's to remove.</param>
    /// <returns>The folder of its content; that of an archive is named after it, since this names the suite.</returns>
    /// <exception cref="RequestException">The archive is broken or not allowed (<c>SUITE_CORRUPT</c>, <c>SUITE_TOO_LARGE</c>).</exception>
    public async Task<string> UnpackAsync(StoredContent suite, string folder, CancellationToken cancellationToken)
    {
        CheckName(suite.FileName);
        if (!IsArchive(suite.FileName))
        {
            Directory.CreateDirectory(folder, FolderMode);
            File.Copy(suite.Path, Path.Combine(folder, suite.FileName));
            return folder;
        }

        var root = Path.Combine(folder, NameOf(suite.FileName));
        Directory.CreateDirectory(root, FolderMode);
        try
        {
            await using var file = File.OpenRead(suite.Path);
            await UnpackAsync(file, root, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw Corrupt(suite.FileName, $"it cannot be read ({e.Message})", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A name that is a file here and a folder there, or twice the same: the disk says no.
            throw Corrupt(suite.FileName, $"it cannot be laid out ({e.Message.Replace(root, "", StringComparison.Ordinal)})", e);
        }

        return root;
    }

    private async Task UnpackAsync(FileStream file, string root, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file.Name);
        await using var reader = new TarReader(file, leaveOpen: true);
        long bytes = 0;
        var entries = 0;
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            bytes += entry.Length;
            if (++entries > limits.MostEntries || bytes > limits.LargestContent)
            {
                throw new RequestException(
                    "SUITE_TOO_LARGE",
                    $"The archive holds more than {limits.MostEntries} entries or {limits.LargestContent >> 20} MiB. Put the suite and what it needs into a folder of their own.");
            }

            var inside = SuitePaths.Normalize(entry.Name)
                ?? throw Corrupt(name, $"'{entry.Name}' in it would land outside of its folder, or is no usable name");
            var path = Path.Combine(root, inside);
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    Directory.CreateDirectory(path, FolderMode);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile when inside.Length > 0:
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!, FolderMode);
                    await WriteAsync(entry, path, cancellationToken);
                    break;
                default:
                    throw Corrupt(name, $"'{entry.Name}' in it is a {entry.EntryType}, and only files and folders are taken");
            }
        }

        if (entries == 0)
        {
            throw Corrupt(name, "it is empty");
        }
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        // Links cannot come from an archive, so no part of the path can lead elsewhere.
        await using var target = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        if (entry.DataStream is { } data)
        {
            await data.CopyToAsync(target, cancellationToken);
        }
    }

    private static bool IsArchive(string fileName) => fileName.EndsWith(".tar", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string fileName) => Path.GetFileNameWithoutExtension(fileName) is { Length: > 0 } name and not ("." or "..") ? name : "suite";

    private static RequestException Corrupt(string name, string what, Exception? inner = null) =>
        new("SUITE_CORRUPT", $"The archive {name} is not taken: {what}. Pack the folder again (plain tar, files and folders only).", inner);
}
