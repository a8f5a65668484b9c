using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FarmAgent.Hardware.Linux.Tests.Serial;

/// <summary>A pair of the kernel's pseudo terminals: the far end of a serial line.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private readonly FileStream _far;

    public PseudoTerminal()
    {
        var descriptor = OpenMaster(ReadWrite);
        Assert.True(descriptor >= 0 && Grant(descriptor) == 0 && Unlock(descriptor) == 0);
        var name = new byte[64];
        Assert.Equal(0, NameOf(descriptor, name, name.Length));
        Path = Encoding.ASCII.GetString(name).TrimEnd('\0');
        _far = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, 1);
    }

    /// <summary>The near end, for example <c>/dev/pts/3</c>.</summary>
    public string Path { get; }

    public void Send(params byte[] data)
    {
        _far.Write(data);
        _far.Flush();
    }

    public byte[] Receive(int count)
    {
        var data = new byte[count];
        _far.ReadExactly(data);
        return data;
    }

    /// <summary>Hangs up.</summary>
    public void Dispose() => _far.Dispose();

    [DllImport("libc", EntryPoint = "posix_openpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenMaster(int flags);

    [DllImport("libc", EntryPoint = "grantpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Grant(int descriptor);

    [DllImport("libc", EntryPoint = "unlockpt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unlock(int descriptor);

    [DllImport("libc", EntryPoint = "ptsname_r")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NameOf(int descriptor, byte[] name, nint length);
}
