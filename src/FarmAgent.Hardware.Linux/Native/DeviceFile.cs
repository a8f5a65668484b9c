using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FarmAgent.Hardware.Linux.Native;

/// <summary>An open device node: system calls that answer with the error number instead of throwing, since what it means is the caller's to say.</summary>
internal sealed unsafe class DeviceFile : IDisposable
{
    private const int ReadWrite = 0x2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const short Readable = 0x1;
    private const short Writable = 0x4;

    private readonly SafeFileHandle _handle;

    internal DeviceFile(int descriptor) => _handle = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>Opens a node for reading and writing.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="file">The file on success.</param>
    /// <returns>0, or the error number.</returns>
    public static int TryOpen(string path, out DeviceFile? file)
    {
        var descriptor = NativeMethods.Open(path, ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        file = descriptor >= 0 ? new DeviceFile(descriptor) : null;
        return descriptor >= 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>One control call with a structure.</summary>
    /// <returns>0, or the error number.</returns>
    public int Control<T>(uint request, ref T argument)
        where T : unmanaged
    {
        fixed (T* pointer = &argument)
        {
            return Check(NativeMethods.Ioctl(_handle, request, pointer));
        }
    }

    /// <summary>One control call with a number.</summary>
    /// <returns>0, or the error number.</returns>
    public int Control(uint request, nint argument) => Check(NativeMethods.Ioctl(_handle, request, argument));

    /// <summary>Takes the advisory lock of the file for this process, without waiting (flock(2)).</summary>
    /// <returns>0, or the error number.</returns>
    public int Lock()
    {
        const int ExclusiveWithoutWaiting = 2 | 4;
        return Check(NativeMethods.Flock(_handle, ExclusiveWithoutWaiting));
    }

    /// <summary>Takes what is there to read.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="count">Bytes read.</param>
    /// <returns>0, or the error number.</returns>
    public int Read(Span<byte> buffer, out int count)
    {
        fixed (byte* pointer = buffer)
        {
            count = (int)NativeMethods.Read(_handle, pointer, (nuint)buffer.Length);
            return Check(count);
        }
    }

    /// <summary>Gives what fits.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="count">Bytes taken.</param>
    /// <returns>0, or the error number.</returns>
    public int Write(ReadOnlySpan<byte> data, out int count)
    {
        fixed (byte* pointer = data)
        {
            count = (int)NativeMethods.Write(_handle, pointer, (nuint)data.Length);
            return Check(count);
        }
    }

    /// <summary>Waits until there is something to read, an error or a hang-up.</summary>
    /// <returns>False when the limit passed.</returns>
    public bool WaitReadable(TimeSpan timeout) => Wait(Readable, timeout);

    /// <summary>Waits until there is room to write, an error or a hang-up.</summary>
    /// <returns>False when the limit passed.</returns>
    public bool WaitWritable(TimeSpan timeout) => Wait(Writable, timeout);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static int Check(long answer) => answer >= 0 ? 0 : Marshal.GetLastPInvokeError();

    private bool Wait(short events, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        var counted = false;
        _handle.DangerousAddRef(ref counted);
        try
        {
            while (true)
            {
                var descriptor = new PollDescriptor { File = (int)_handle.DangerousGetHandle(), Events = events };
                var left = Math.Clamp(Math.Ceiling((timeout - Stopwatch.GetElapsedTime(started)).TotalMilliseconds), 0, int.MaxValue);
                var answer = NativeMethods.Poll(&descriptor, 1, (int)left);

                // A signal ends the call early; the wait goes on for the rest of its time.
                if (answer >= 0 || Marshal.GetLastPInvokeError() != Errno.Interrupted)
                {
                    return answer != 0;
                }
            }
        }
        finally
        {
            _handle.DangerousRelease();
        }
    }
}
