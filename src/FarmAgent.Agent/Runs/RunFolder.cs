using FarmAgent.Hardware.Linux.Files;

namespace FarmAgent.Agent.Runs;

/// <summary>The folder of one run in the state directory; only its own user reads it.</summary>
/// <param name="path">Full path.</param>
internal sealed class RunFolder(string path)
{
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Its events.</summary>
    public string EventsFile => At("events.bin");

    /// <summary>What the runner reports of its tests.</summary>
    public string ReportFile => At("report.json");

    /// <summary>What the run leaves: its artifacts.</summary>
    public string Output => At("output");

    /// <summary>The suite, laid out; goes when the run has ended.</summary>
    public string Suite => At("suite");

    /// <summary>Temporary files of the runner; go when the run has ended.</summary>
    public string Temporary => At("tmp");

    private string TokenFile => At("token");

    public void Create()
    {
        foreach (var folder in (ReadOnlySpan<string>)[path, Output, Temporary])
        {
            Directory.CreateDirectory(folder, PrivateFolder);
        }
    }

    /// <summary>Writes the secret by which the suite is known.</summary>
    /// <returns>Path of the file.</returns>
    public string WriteToken(string token)
    {
        using var file = new FileStream(
            TokenFile, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = PrivateFile });
        using var writer = new StreamWriter(file);
        writer.Write(token);
        return TokenFile;
    }

    /// <summary>Removes what is of no use once the run has ended.</summary>
    public void Clean()
    {
        File.Delete(TokenFile);
        Remove(Suite);
        Remove(Temporary);
    }

    /// <summary>Brings everything to the disk, also what the runner wrote.</summary>
    public void Sync() => DurableFiles.SyncFileSystem(path);

    /// <summary>Removes everything.</summary>
    public void Delete() => Remove(path);

    /// <summary>What the run left.</summary>
    public RunArtifacts Artifacts() => new(Output);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string At(string name) => Path.Combine(path, name);
}
