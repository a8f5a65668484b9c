using System.Runtime.InteropServices;

namespace LibUsbDotNet.Native;

/// <summary>One counted reference to a libusb device.</summary>
internal sealed class DeviceReference : SafeHandle
{
    private readonly ContextHandle _context;

    private DeviceReference(nint device, ContextHandle context)
        : base(nint.Zero, ownsHandle: true)
    {
        _context = context;
        var counted = false;
        context.DangerousAddRef(ref counted);
        SetHandle(NativeMethods.RefDevice(device));
    }

    public override bool IsInvalid => handle == nint.Zero;

    /// <summary>Counts one more reference to a device of a listing.</summary>
    public static DeviceReference Take(nint device, ContextHandle context) => new(device, context);

    /// <summary>One more reference to the same device.</summary>
    public DeviceReference Again()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new DeviceReference(handle, _context);
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.UnrefDevice(handle);
        _context.DangerousRelease();
        return true;
    }
}
