using System.Security.Cryptography;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>The files that a run left. A suite chose their names and could lay links among them, so nothing but plain files inside is served.</summary>
/// <param name="folder">Folder of the files.</param>
internal sealed class RunArtifacts(string folder)
{
    private const int MostFiles = 10_000;

    private static readonly EnumerationOptions PlainFiles = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
        MaxRecursionDepth = 32,
    };

    /// <summary>All of them, by path.</summary>
    public async Task<IReadOnlyList<Wire.Artifact>> ListAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var all = new List<Wire.Artifact>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", PlainFiles).Take(MostFiles).Order(StringComparer.Ordinal))
        {
            await using var file = File.OpenRead(path);
            all.Add(new Wire.Artifact
            {
                Path = Path.GetRelativePath(folder, path),
                Bytes = file.Length,
                Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)),
            });
        }

        return all;
    }

    /// <summary>Opens one.</summary>
    /// <param name="path">Path inside the run.</param>
    /// <exception cref="RequestException">There is none (<c>ARTIFACT_UNKNOWN</c>).</exception>
    public FileStream Open(string path)
    {
        if (SuitePaths.Normalize(path) is { Length: > 0 } inside && IsPlainFile(inside))
        {
            return File.OpenRead(Path.Combine(folder, inside));
        }

        throw new RequestException("ARTIFACT_UNKNOWN", $"The run left no file '{path}'. List what it left: farmctl runs artifacts.").With("path", path);
    }

    private bool IsPlainFile(string inside)
    {
        var path = folder;
        foreach (var segment in inside.Split('/'))
        {
            path = Path.Combine(path, segment);
            if (new FileInfo(path).LinkTarget is not null)
            {
                return false;
            }
        }

        // Neither folders nor pipes nor devices.
        return File.Exists(path) && (File.GetAttributes(path) & (FileAttributes.Directory | FileAttributes.Device)) == 0;
    }
}
