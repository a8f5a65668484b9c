using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace LibUsbDotNet.Native;

/// <summary>The functions of libusb-1.0 that are used (libusb.h), nothing more.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "libusb-1.0.so.0";

    [LibraryImport(Library, EntryPoint = "libusb_init")]
    internal static partial int Init(out nint context);

    [LibraryImport(Library, EntryPoint = "libusb_exit")]
    internal static partial void Exit(nint context);

    [LibraryImport(Library, EntryPoint = "libusb_get_device_list")]
    internal static partial nint GetDeviceList(ContextHandle context, out nint list);

    [LibraryImport(Library, EntryPoint = "libusb_free_device_list")]
    internal static partial void FreeDeviceList(nint list, int unreference);

    [LibraryImport(Library, EntryPoint = "libusb_ref_device")]
    internal static partial nint RefDevice(nint device);

    [LibraryImport(Library, EntryPoint = "libusb_unref_device")]
    internal static partial void UnrefDevice(nint device);

    [LibraryImport(Library, EntryPoint = "libusb_get_device_descriptor")]
    internal static partial int GetDeviceDescriptor(DeviceReference device, out DeviceDescriptor descriptor);

    [LibraryImport(Library, EntryPoint = "libusb_get_bus_number")]
    internal static partial byte GetBusNumber(DeviceReference device);

    [LibraryImport(Library, EntryPoint = "libusb_get_device_address")]
    internal static partial byte GetDeviceAddress(DeviceReference device);

    [LibraryImport(Library, EntryPoint = "libusb_get_port_numbers")]
    internal static partial int GetPortNumbers(DeviceReference device, byte* ports, int length);

    [LibraryImport(Library, EntryPoint = "libusb_open")]
    internal static partial int Open(DeviceReference device, out nint handle);

    [LibraryImport(Library, EntryPoint = "libusb_close")]
    internal static partial void Close(nint handle);

    [LibraryImport(Library, EntryPoint = "libusb_get_configuration")]
    internal static partial int GetConfiguration(DeviceHandle device, out int configuration);

    [LibraryImport(Library, EntryPoint = "libusb_set_configuration")]
    internal static partial int SetConfiguration(DeviceHandle device, int configuration);

    [LibraryImport(Library, EntryPoint = "libusb_claim_interface")]
    internal static partial int ClaimInterface(DeviceHandle device, int number);

    [LibraryImport(Library, EntryPoint = "libusb_release_interface")]
    internal static partial int ReleaseInterface(DeviceHandle device, int number);

    [LibraryImport(Library, EntryPoint = "libusb_set_auto_detach_kernel_driver")]
    internal static partial int SetAutoDetachKernelDriver(DeviceHandle device, int enable);

    [LibraryImport(Library, EntryPoint = "libusb_reset_device")]
    internal static partial int ResetDevice(DeviceHandle device);

    [LibraryImport(Library, EntryPoint = "libusb_clear_halt")]
    internal static partial int ClearHalt(DeviceHandle device, byte endpoint);

    [LibraryImport(Library, EntryPoint = "libusb_bulk_transfer")]
    internal static partial int BulkTransfer(DeviceHandle device, byte endpoint, byte* data, int length, out int transferred, uint timeout);

    [LibraryImport(Library, EntryPoint = "libusb_control_transfer")]
    internal static partial int ControlTransfer(
        DeviceHandle device, byte requestType, byte request, ushort value, ushort index, byte* data, ushort length, uint timeout);

    [LibraryImport(Library, EntryPoint = "libusb_get_string_descriptor_ascii")]
    internal static partial int GetStringDescriptorAscii(DeviceHandle device, byte index, byte* text, int length);

    [LibraryImport(Library, EntryPoint = "libusb_strerror")]
    internal static partial nint StrError(int error);
}
