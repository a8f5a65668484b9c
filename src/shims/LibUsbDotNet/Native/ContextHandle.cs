using System.Runtime.InteropServices;
using LibUsbDotNet.LibUsb;

namespace LibUsbDotNet.Native;

/// <summary>A libusb context; devices hold it, so it outlives them whatever the order of disposal.</summary>
internal sealed class ContextHandle : SafeHandle
{
    public ContextHandle()
        : base(nint.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == nint.Zero;

    public static ContextHandle Open()
    {
        ((Error)NativeMethods.Init(out var context)).ThrowOnError();
        var opened = new ContextHandle();
        opened.SetHandle(context);
        return opened;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.Exit(handle);
        return true;
    }
}
