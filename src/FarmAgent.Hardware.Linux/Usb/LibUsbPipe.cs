using System.Diagnostics;
using FarmAgent.Hardware.Usb;
using LibUsbDotNet;
using LibUsbDotNet.LibUsb;
using LibUsbDotNet.Main;
using LibUsbException = LibUsbDotNet.LibUsb.UsbException;
using UsbDeviceInfo = FarmAgent.Hardware.Usb.UsbDeviceInfo;
using UsbException = FarmAgent.Hardware.Usb.UsbException;

namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>
/// One claimed interface. A transfer under way cannot be cancelled by the library, so a read waits in short slices and adds up what arrives:
/// a pipe that is disposed by another thread is left within one slice.
/// </summary>
internal sealed class LibUsbPipe : IUsbBulkPipe
{
    // Longer than a probe takes to answer also over a network: each slice that ends without an answer costs taking a transfer back.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);

    // Bytes of a full packet at full speed; at high speed it is a multiple of that (USB 2.0 section 5.8.3).
    private const int FullPacket = 64;
    private readonly UsbContext _context;
    private readonly IUsbDevice _device;
    private readonly int _interface;
    private readonly Dictionary<byte, UsbEndpointReader> _readers = [];
    private readonly Dictionary<byte, UsbEndpointWriter> _writers = [];
    private volatile bool _disposed;

    private LibUsbPipe(UsbContext context, IUsbDevice device, UsbDeviceInfo info, int interfaceNumber) =>
        (_context, _device, Device, _interface) = (context, device, info, interfaceNumber);

    /// <inheritdoc/>
    public UsbDeviceInfo Device { get; }

    /// <summary>Opens a device and claims an interface of it.</summary>
    /// <param name="context">The session that the device is of, taken over.</param>
    /// <param name="device">A closed device, taken over.</param>
    /// <param name="info">Its description.</param>
    /// <param name="interfaceNumber">Interface to claim.</param>
    /// <exception cref="UsbException">Not permitted, claimed by somebody else, or gone.</exception>
    public static LibUsbPipe Open(UsbContext context, IUsbDevice device, UsbDeviceInfo info, int interfaceNumber)
    {
        try
        {
            device.Open();
            device.ClaimInterface(interfaceNumber);
            return new LibUsbPipe(context, device, info, interfaceNumber);
        }
        catch (LibUsbException e)
        {
            var failure = e.ErrorCode switch
            {
                Error.Access => new UsbException(UsbError.AccessDenied, UsbPermission.Problem(device, info), e),
                Error.Busy => new UsbException(
                    UsbError.Busy,
                    $"Interface {interfaceNumber} of the device on USB {info.PortPath} is claimed by {UsbHolder.Describe(device)}. End it, or choose another device.",
                    e),
                _ => UsbErrors.Fault(e.ErrorCode, info, "opening it", e),
            };
            device.Dispose();
            context.Dispose();
            throw failure;
        }
    }

    /// <inheritdoc/>
    public void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_writers.TryGetValue(endpoint, out var writer))
        {
            _writers[endpoint] = writer = _device.OpenEndpointWriter((WriteEndpointID)endpoint);
        }

        var error = writer.Write(data, Milliseconds(timeout), out var sent);
        if (error != Error.Success || sent != data.Length)
        {
            throw UsbErrors.Fault(error == Error.Success ? Error.Io : error, Device, $"sending {data.Length} B to endpoint 0x{endpoint:X2} ({sent} B went)");
        }
    }

    /// <inheritdoc/>
    public int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout)
    {
        if (!_readers.TryGetValue(endpoint, out var reader))
        {
            _readers[endpoint] = reader = _device.OpenEndpointReader((ReadEndpointID)endpoint);
        }

        var started = Stopwatch.GetTimestamp();
        var count = 0;
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var left = timeout - Stopwatch.GetElapsedTime(started);
            var error = reader.Read(buffer[count..], Milliseconds(left < Slice ? left : Slice), out var received);
            count += received;

            if (IsOver(error, received, count, buffer.Length))
            {
                return count;
            }

            if (error != Error.Timeout || Stopwatch.GetElapsedTime(started) >= timeout)
            {
                throw UsbErrors.Fault(error, Device, $"reading {buffer.Length} B from endpoint 0x{endpoint:X2} ({count} B came within {timeout.TotalMilliseconds:F0} ms)");
            }
        }
    }

    /// <inheritdoc/>
    public void ClearHalt(byte endpoint)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        const byte In = 0x80;
        UsbEndpointBase end = (endpoint & In) != 0 ? _device.OpenEndpointReader((ReadEndpointID)endpoint) : _device.OpenEndpointWriter((WriteEndpointID)endpoint);
        if (end.ClearHalt() is var error and not Error.Success)
        {
            throw UsbErrors.Fault(error, Device, $"clearing the halt of endpoint 0x{endpoint:X2}");
        }
    }

    /// <inheritdoc/>
    public void ResetDevice()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            _device.ResetDevice();
        }
        catch (LibUsbException e)
        {
            // NotFound: it came back under another address, and this object is dead.
            throw UsbErrors.Fault(e.ErrorCode == Error.NotFound ? Error.NoDevice : e.ErrorCode, Device, "resetting it", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            // Before closing: the package remembers claims across Close.
            _device.ReleaseInterface(_interface);
        }
        catch (LibUsbException)
        {
            // Unplugged: nothing is left to release.
        }

        _device.Dispose();
        _context.Dispose();
    }

    /// <summary>
    /// True when a transfer has ended. An answer may come while a slice is being taken back: libusb then hands it over with the timeout. Full packets
    /// are the beginning of a transfer that goes on, a short one is its end.
    /// </summary>
    internal static bool IsOver(Error error, int received, int total, int wanted) =>
        error == Error.Success || (error == Error.Timeout && received > 0 && (total == wanted || received % FullPacket != 0));

    /// <summary>libusb takes 0 for "for ever": the shortest limit is one millisecond.</summary>
    private static int Milliseconds(TimeSpan limit) => (int)Math.Clamp(Math.Ceiling(limit.TotalMilliseconds), 1, int.MaxValue);
}
