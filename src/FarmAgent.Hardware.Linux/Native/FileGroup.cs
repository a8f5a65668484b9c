using System.Globalization;
using System.Runtime.InteropServices;

namespace FarmAgent.Hardware.Linux.Native;

/// <summary>Which group owns a file.</summary>
internal static unsafe partial class FileGroup
{
    // statx(2) has one layout on every architecture: stx_gid is the sixth 32-bit word.
    private const int StatxLength = 256;
    private const int GroupAt = 24;
    private const uint WantGroup = 0x10;
    private const int WorkingDirectory = -100;

    /// <summary>Its name, its number where the group has no name, or null when the file cannot be looked at.</summary>
    public static string? NameOf(string path)
    {
        var status = stackalloc byte[StatxLength];
        if (Statx(WorkingDirectory, path, 0, WantGroup, status) != 0)
        {
            return null;
        }

        var number = (*(uint*)(status + GroupAt)).ToString(CultureInfo.InvariantCulture);
        return File.Exists("/etc/group")
            ? File.ReadLines("/etc/group").Select(line => line.Split(':')).FirstOrDefault(g => g.Length > 2 && g[2] == number)?[0] ?? number
            : number;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* status);
}
