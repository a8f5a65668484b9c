using System.Runtime.InteropServices;
using System.Text;

namespace FarmAgent.Hardware.Linux.Files;

/// <summary>
/// Files that are there, whole, after a power cut: written beside their place, brought to the disk, renamed, and the folder brought to the
/// disk, too (fsync(2): a file's entry in its folder needs a sync of its own).
/// </summary>
public static partial class DurableFiles
{
    // O_RDONLY | O_CLOEXEC. No O_DIRECTORY: its number differs between processors, and on AArch64 x86's means O_DIRECT.
    private const int ReadOnlyFolder = 0x8_0000;

    /// <summary>Puts a text in the place of a file, wholly or not at all.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="text">Its new content.</param>
    /// <exception cref="IOException">It could not be kept; what was there before is there still.</exception>
    public static void WriteText(string path, string text)
    {
        var partial = path + ".part";
        using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        Publish(partial, path);
    }

    /// <summary>Gives a file that was brought to the disk its place.</summary>
    /// <param name="partial">Path that it was written at, in the same folder.</param>
    /// <param name="path">Its place; what is there goes.</param>
    /// <exception cref="IOException">It could not be done.</exception>
    public static void Publish(string partial, string path)
    {
        File.Move(partial, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Brings the entries of a folder to the disk.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void SyncFolder(string folder) => Sync(folder, Fsync);

    /// <summary>Brings everything that was written to a file system to its disk; for trees whose files others wrote.</summary>
    /// <param name="folder">A folder in it.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void SyncFileSystem(string folder) => Sync(folder, Syncfs);

    private static void Sync(string folder, Func<int, int> call)
    {
        var descriptor = Open(folder, ReadOnlyFolder);
        if (descriptor < 0)
        {
            throw Failed(folder);
        }

        try
        {
            if (call(descriptor) != 0)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{folder} could not be brought to the disk: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int Syncfs(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
