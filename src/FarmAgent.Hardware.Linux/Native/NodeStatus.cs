using System.Globalization;
using System.Runtime.InteropServices;

namespace FarmAgent.Hardware.Linux.Native;

/// <summary>What the file system knows of a device node.</summary>
/// <param name="Group">Name of its group, its number where the group has no name.</param>
/// <param name="GroupMayWrite">True when the group may read and write it.</param>
/// <param name="Inode">Its number: a node that is made anew has another one.</param>
internal sealed unsafe partial record NodeStatus(string Group, bool GroupMayWrite, ulong Inode)
{
    // statx(2) has one layout on every architecture.
    private const int StatxLength = 256;
    private const int GroupAt = 24;
    private const int ModeAt = 28;
    private const int InodeAt = 32;
    private const uint WantModeGroupInode = 0x2 | 0x10 | 0x100;
    private const int WorkingDirectory = -100;
    private const int GroupReadWrite = 0x30;

    /// <summary>Looks at a node without opening it; null when it is not there or cannot be looked at.</summary>
    public static NodeStatus? Of(string path)
    {
        var status = stackalloc byte[StatxLength];
        return Statx(WorkingDirectory, path, 0, WantModeGroupInode, status) == 0
            ? new NodeStatus(NameOf(*(uint*)(status + GroupAt)), (*(ushort*)(status + ModeAt) & GroupReadWrite) == GroupReadWrite, *(ulong*)(status + InodeAt))
            : null;
    }

    /// <summary>The number of a node alone, which costs one system call; null when it is not there.</summary>
    public static ulong? InodeOf(string path)
    {
        var status = stackalloc byte[StatxLength];
        return Statx(WorkingDirectory, path, 0, WantModeGroupInode, status) == 0 ? *(ulong*)(status + InodeAt) : null;
    }

    private static string NameOf(uint group)
    {
        var number = group.ToString(CultureInfo.InvariantCulture);
        return File.Exists("/etc/group")
            ? File.ReadLines("/etc/group").Select(line => line.Split(':')).FirstOrDefault(g => g.Length > 2 && g[2] == number)?[0] ?? number
            : number;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* status);
}
