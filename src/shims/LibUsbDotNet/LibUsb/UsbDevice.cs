using System.Collections.ObjectModel;
using LibUsbDotNet.Info;
using LibUsbDotNet.Main;
using LibUsbDotNet.Native;

namespace LibUsbDotNet.LibUsb;

/// <summary>One USB device. Not thread-safe, except that one thread may read while another writes.</summary>
public class UsbDevice : IUsbDevice
{
    private const int DeepestChain = 7;
    private readonly DeviceReference _reference;
    private readonly DeviceDescriptor _descriptor;
    private DeviceHandle? _handle;
    private UsbDeviceInfo? _info;

    internal UsbDevice(DeviceReference reference)
    {
        _reference = reference;
        ((Error)NativeMethods.GetDeviceDescriptor(reference, out _descriptor)).ThrowOnError();
    }

    /// <summary>Limit of every control transfer in milliseconds; of the whole process.</summary>
    public static int ControlTransferTimeout { get; set; } = 1000;

    /// <inheritdoc/>
    public ushort VendorId => _descriptor.VendorId;

    /// <inheritdoc/>
    public ushort ProductId => _descriptor.ProductId;

    /// <inheritdoc/>
    public bool IsOpen => _handle is { IsClosed: false };

    /// <summary>The same as <see cref="Info"/>.</summary>
    public UsbDeviceInfo Descriptor => Info;

    /// <inheritdoc/>
    public UsbDeviceInfo Info => _info ??= ReadInfo();

    /// <summary>Bus number.</summary>
    public byte BusNumber => NativeMethods.GetBusNumber(_reference);

    /// <summary>Device address on its bus; another one after each plugging in.</summary>
    public byte Address => NativeMethods.GetDeviceAddress(_reference);

    /// <summary>Ports from the root hub outwards.</summary>
    /// <exception cref="UsbException">libusb cannot tell.</exception>
    public unsafe ReadOnlyCollection<byte> PortNumbers
    {
        get
        {
            var ports = stackalloc byte[DeepestChain];
            var count = NativeMethods.GetPortNumbers(_reference, ports, DeepestChain);
            ((Error)count).ThrowOnError();
            return new ReadOnlyCollection<byte>(new ReadOnlySpan<byte>(ports, count).ToArray());
        }
    }

    /// <inheritdoc/>
    public LocationId LocationId => new(BusNumber, PortNumbers);

    /// <inheritdoc/>
    public int Configuration
    {
        get
        {
            ((Error)NativeMethods.GetConfiguration(OpenHandle, out var configuration)).ThrowOnError();
            return configuration;
        }
    }

    internal DeviceHandle OpenHandle => _handle ?? throw new UsbException("The device is not open.");

    /// <inheritdoc/>
    public IUsbDevice Clone() => new UsbDevice(_reference.Again());

    /// <inheritdoc/>
    public void Open() => TryOpenHandle().ThrowOnError();

    /// <inheritdoc/>
    public bool TryOpen() => TryOpenHandle() == Error.Success;

    /// <inheritdoc/>
    public void Close()
    {
        _handle?.Dispose();
        _handle = null;
    }

    /// <inheritdoc/>
    public void SetConfiguration(int config) => ((Error)NativeMethods.SetConfiguration(OpenHandle, config)).ThrowOnError();

    /// <inheritdoc/>
    public bool ClaimInterface(int interfaceID)
    {
        ((Error)NativeMethods.ClaimInterface(OpenHandle, interfaceID)).ThrowOnError();
        return true;
    }

    /// <inheritdoc/>
    public bool ReleaseInterface(int interfaceID)
    {
        ((Error)NativeMethods.ReleaseInterface(OpenHandle, interfaceID)).ThrowOnError();
        return true;
    }

    /// <summary>Lets libusb detach a kernel driver while an interface is claimed.</summary>
    /// <param name="autoDetach">True to do so.</param>
    /// <returns>False when the platform cannot.</returns>
    public bool SetAutoDetachKernelDriver(bool autoDetach) =>
        (Error)NativeMethods.SetAutoDetachKernelDriver(OpenHandle, autoDetach ? 1 : 0) == Error.Success;

    /// <inheritdoc/>
    public void ResetDevice() => ((Error)NativeMethods.ResetDevice(OpenHandle)).ThrowOnError();

    /// <inheritdoc/>
    public UsbEndpointReader OpenEndpointReader(ReadEndpointID readEndpointID) => new(this, (byte)readEndpointID);

    /// <inheritdoc/>
    public UsbEndpointWriter OpenEndpointWriter(WriteEndpointID writeEndpointID) => new(this, (byte)writeEndpointID);

    /// <inheritdoc/>
    public unsafe int ControlTransfer(UsbSetupPacket setupPacket, byte[] buffer, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(offset, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        fixed (byte* data = buffer)
        {
            var moved = NativeMethods.ControlTransfer(
                OpenHandle,
                setupPacket.RequestType,
                setupPacket.Request,
                unchecked((ushort)setupPacket.Value),
                unchecked((ushort)setupPacket.Index),
                data,
                (ushort)length,
                (uint)ControlTransferTimeout);
            ((Error)moved).ThrowOnError();
            return moved;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the device and forgets it.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
            _reference.Dispose();
        }
    }

    private Error TryOpenHandle()
    {
        if (IsOpen)
        {
            return Error.Success;
        }

        var error = DeviceHandle.Open(_reference, out var handle);
        _handle = handle;
        _info = null;
        return error;
    }

    private UsbDeviceInfo ReadInfo() => new(_descriptor.VendorId, _descriptor.ProductId, _descriptor.Device)
    {
        Manufacturer = _handle?.ReadAscii(_descriptor.ManufacturerIndex),
        Product = _handle?.ReadAscii(_descriptor.ProductIndex),
        SerialNumber = _handle?.ReadAscii(_descriptor.SerialNumberIndex),
    };
}
