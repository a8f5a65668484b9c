using System.Runtime.InteropServices;

namespace FarmAgent.Hardware.Linux.Native;

/// <summary><c>struct pollfd</c> (poll(2)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int File;
    public short Events;
    public short Returned;
}
