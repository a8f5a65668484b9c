using System.Formats.Tar;

namespace FarmAgent.Api.Transfers;

/// <summary>
/// A folder as a tar archive: its files, folders and links, in the order of their names. Sockets, pipes and devices are no content: what programs have opened
/// beside a suite is left out.
/// </summary>
internal static class SuiteArchive
{
    /// <summary>Packs a folder, without the folder itself.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="leftOut">Told each path that was left out, with what it is.</param>
    /// <param name="cancellationToken">Ends the packing.</param>
    /// <returns>The archive at its start; it goes through a file, since a suite may bring large fixtures.</returns>
    public static async Task<FileStream> PackAsync(string folder, Action<string>? leftOut, CancellationToken cancellationToken)
    {
        var archive = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        try
        {
            await using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            {
                await AddAsync(writer, new DirectoryInfo(folder), "", leftOut, cancellationToken);
            }

            archive.Position = 0;
            return archive;
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    private static async Task AddAsync(TarWriter writer, DirectoryInfo folder, string prefix, Action<string>? leftOut, CancellationToken cancellationToken)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var name = prefix + entry.Name;
            if (entry is DirectoryInfo { LinkTarget: null } inner)
            {
                await writer.WriteEntryAsync(entry.FullName, name + "/", cancellationToken);
                await AddAsync(writer, inner, name + "/", leftOut, cancellationToken);
            }
            else if (await OddityAsync(entry, cancellationToken) is { } oddity)
            {
                leftOut?.Invoke($"{name} ({oddity})");
            }
            else
            {
                await writer.WriteEntryAsync(entry.FullName, name, cancellationToken);
            }
        }
    }

    /// <summary>
    /// What a name stands for that is neither file nor link; null for those. The framework tells only when it makes an archive of it, which opens nothing but
    /// files: a pipe that is opened would wait for its other side.
    /// </summary>
    private static async Task<string?> OddityAsync(FileSystemInfo entry, CancellationToken cancellationToken)
    {
        if (entry.LinkTarget is not null || entry is not FileInfo { Length: 0 })
        {
            return null;
        }

        using var trial = new MemoryStream();
        try
        {
            await using var writer = new TarWriter(trial, TarEntryFormat.Pax, leaveOpen: true);
            await writer.WriteEntryAsync(entry.FullName, "trial", cancellationToken);
        }
        catch (IOException)
        {
            return "a socket, or no file";
        }

        trial.Position = 0;
        await using var reader = new TarReader(trial);
        return (await reader.GetNextEntryAsync(copyData: false, cancellationToken))?.EntryType switch
        {
            TarEntryType.Fifo => "a pipe",
            TarEntryType.BlockDevice or TarEntryType.CharacterDevice => "a device",
            _ => null,
        };
    }
}
