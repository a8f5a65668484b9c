using System.Formats.Tar;
using System.Security.Cryptography;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>The files of one run: events, token, the suite while it runs, and what it left.</summary>
internal sealed class RunFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MostEntries = 10_000;
    private const long MostBytes = 256L * 1024 * 1024;

    private readonly string _root;

    /// <param name="root">Folder of the run.</param>
    public RunFolder(string root) => _root = root;

    /// <summary>Events, one JSON line each.</summary>
    public string EventsFile => Path.Combine(_root, "events.jsonl");

    /// <summary>Where the engine puts its results: these are the run's artifacts.</summary>
    public string Output => Path.Combine(_root, "output");

    /// <summary>What the engine reports of itself.</summary>
    public string ReportFile => Path.Combine(Output, "farm-report.json");

    private string Suite => Path.Combine(_root, "suite");

    private string TokenFile => Path.Combine(_root, "token");

    /// <summary>Makes the folders.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Output);
        Directory.CreateDirectory(Suite);
    }

    /// <summary>Writes the run's secret where only its own user can read it.</summary>
    /// <returns>Path of the file.</returns>
    public string WriteToken(string token)
    {
        using var file = new FileStream(
            TokenFile, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Private });
        using var writer = new StreamWriter(file);
        writer.Write(token);
        return TokenFile;
    }

    /// <summary>Unpacks the suite.</summary>
    /// <param name="content">File as uploaded.</param>
    /// <param name="fileName">Its name: one that ends in .tar is an archive.</param>
    /// <param name="entry">Path inside an archive of what is run; empty for all of it.</param>
    /// <returns>Path of what is run.</returns>
    /// <exception cref="RequestException">An archive that cannot be used (<c>SUITE_INVALID</c>).</exception>
    public string UnpackSuite(string content, string fileName, string entry)
    {
        if (!fileName.EndsWith(".tar", StringComparison.OrdinalIgnoreCase))
        {
            var single = Path.Combine(Suite, fileName);
            File.Copy(content, single, overwrite: true);
            return single;
        }

        // The folder's name is the top suite's name in Robot's reports.
        var folder = Path.Combine(Suite, Path.GetFileNameWithoutExtension(fileName));
        Directory.CreateDirectory(folder);
        Extract(content, folder);
        if (entry.Length == 0)
        {
            return folder;
        }

        var target = Path.GetFullPath(Path.Combine(folder, entry));
        return target.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && (File.Exists(target) || Directory.Exists(target))
            ? target
            : throw Invalid($"holds no '{entry}'");
    }

    /// <summary>Removes what is not needed once the run has ended.</summary>
    public void Clean()
    {
        File.Delete(TokenFile);
        if (Directory.Exists(Suite))
        {
            Directory.Delete(Suite, recursive: true);
        }
    }

    /// <summary>What the run left, by path.</summary>
    public IReadOnlyList<Wire.Artifact> ListArtifacts() => !Directory.Exists(Output)
        ? []
        :
        [
            .. Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => new Wire.Artifact
            {
                Path = Path.GetRelativePath(Output, path),
                Bytes = new FileInfo(path).Length,
                Sha256 = DigestOf(path),
            }),
        ];

    /// <summary>Full path of a file that the run left.</summary>
    /// <exception cref="RequestException">None of this path (<c>ARTIFACT_UNKNOWN</c>).</exception>
    public string FindArtifact(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Output, path));
        return full.StartsWith(Output + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(full)
            ? full
            : throw new RequestException("ARTIFACT_UNKNOWN", $"The run left no file '{path}'. List what it left: farmctl runs artifacts.");
    }

    private static void Extract(string archive, string folder)
    {
        var inside = folder + Path.DirectorySeparatorChar;
        var (entries, bytes) = (0, 0L);
        try
        {
            using var file = File.OpenRead(archive);
            using var reader = new TarReader(file);
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                {
                    continue;
                }

                bytes += Math.Max(0, entry.Length);
                if (++entries > MostEntries || bytes > MostBytes)
                {
                    throw Invalid($"holds more than {MostEntries} files or {MostBytes / (1024 * 1024)} MiB");
                }

                var target = Path.GetFullPath(Path.Combine(folder, entry.Name));
                if (target != folder && !target.StartsWith(inside, StringComparison.Ordinal))
                {
                    throw Invalid($"holds '{entry.Name}', which would land outside of the suite's folder");
                }

                ExtractEntry(entry, target);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw Invalid($"is no tar archive that can be read: {e.Message}");
        }
    }

    private static void ExtractEntry(TarEntry entry, string target)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(target);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                entry.ExtractToFile(target, overwrite: true);
                break;
            default:
                // Links and devices could lead out of the folder, and a suite needs none.
                throw Invalid($"holds '{entry.Name}', which is neither file nor folder ({entry.EntryType})");
        }
    }

    private static RequestException Invalid(string problem) => new(
        "SUITE_INVALID", $"The suite's archive {problem}. Pack the suite's folder as a plain tar of files and folders.");

    private static string DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
