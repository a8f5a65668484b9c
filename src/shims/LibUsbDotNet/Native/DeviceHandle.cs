using System.Runtime.InteropServices;
using System.Text;

namespace LibUsbDotNet.Native;

/// <summary>An open device; it holds its device's reference.</summary>
internal sealed class DeviceHandle : SafeHandle
{
    private readonly DeviceReference _reference;

    private DeviceHandle(nint opened, DeviceReference reference)
        : base(nint.Zero, ownsHandle: true)
    {
        _reference = reference;
        var counted = false;
        reference.DangerousAddRef(ref counted);
        SetHandle(opened);
    }

    public override bool IsInvalid => handle == nint.Zero;

    public static Error Open(DeviceReference reference, out DeviceHandle? handle)
    {
        var error = (Error)NativeMethods.Open(reference, out var opened);
        handle = error == Error.Success ? new DeviceHandle(opened, reference) : null;
        return error;
    }

    /// <summary>A string descriptor in ASCII, or null when the device has none there.</summary>
    /// <param name="index">Its index; 0 means none.</param>
    public unsafe string? ReadAscii(byte index)
    {
        const int Longest = 256;
        var text = stackalloc byte[Longest];
        var length = index == 0 ? 0 : NativeMethods.GetStringDescriptorAscii(this, index, text, Longest);
        return length > 0 ? Encoding.ASCII.GetString(text, length) : null;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.Close(handle);
        _reference.DangerousRelease();
        return true;
    }
}
