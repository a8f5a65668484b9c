using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Sessions;

/// <summary>
/// What is uploaded for a suite. A file is sent with its whole folder, since resources and fixtures lie beside it; the run then starts at the
/// file. Bounded, so that a suite in a home directory does not upload it.
/// </summary>
/// <param name="Folder">Folder that is sent.</param>
/// <param name="Entry">File in it to run; empty for all of it.</param>
internal readonly record struct SuiteBundle(string Folder, string Entry)
{
    private const long LargestBytes = 64L << 20;
    private const int MostFiles = 5000;

    /// <summary>Looks at the suite on disk.</summary>
    /// <exception cref="UsageException">Not there (<c>SUITE_NOT_FOUND</c>) or too much around it (<c>SUITE_TOO_LARGE</c>).</exception>
    public static SuiteBundle Of(string path)
    {
        var full = Path.GetFullPath(path);
        var bundle = Directory.Exists(full) ? new SuiteBundle(full, "")
            : File.Exists(full) ? new SuiteBundle(Path.GetDirectoryName(full)!, Path.GetFileName(full))
            : throw new UsageException("SUITE_NOT_FOUND", $"There is no file or folder '{path}'. Name a .robot file or a folder of them.");
        long bytes = 0;
        var files = 0;
        foreach (var file in Directory.EnumerateFiles(bundle.Folder, "*", SearchOption.AllDirectories))
        {
            bytes += new FileInfo(file).Length;
            if (++files > MostFiles || bytes > LargestBytes)
            {
                throw new UsageException(
                    "SUITE_TOO_LARGE",
                    $"{bundle.Folder} holds more than {MostFiles} files or {LargestBytes >> 20} MiB; a suite is sent with its folder. Put the suite and what it needs into a folder of their own.");
            }
        }

        return bundle;
    }

    /// <summary>Says what lies beside the suite and cannot be sent.</summary>
    public static void NoteLeftOut(CommandOutput output, string what) => output.Note($"Left out of the suite's folder: {what}.");
}
