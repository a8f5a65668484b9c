using System.Device.I2c;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.I2c;

/// <summary>
/// An adapter of the kernel. Plain transfers go through System.Device.Gpio; what that hides (functionality, limit, a bare address, adapters that
/// know only SMBus) through a descriptor of our own. One transfer never uses both.
/// </summary>
internal sealed class LinuxI2cBus : II2cBus
{
    private const uint SetTimeout = 0x0702;
    private const uint GetFunctionality = 0x0705;
    private static readonly TimeSpan TimeoutUnit = TimeSpan.FromMilliseconds(10);

    private readonly int _number;
    private readonly string _node;
    private readonly DeviceFile _file;
    private readonly I2cFunctionality _can;
    private readonly Dictionary<byte, I2cDevice> _devices = [];
    private int _timeout;

    private LinuxI2cBus(string name, int number, string node, DeviceFile file, I2cFunctionality can) =>
        (Name, _number, _node, _file, _can) = (name, number, node, file, can);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Opens an adapter.</summary>
    /// <param name="adapter">Device node, name or device-tree node.</param>
    /// <exception cref="HardwareException">
    /// None, several or not permitted (<c>I2C_ADAPTER_LOST</c>, <c>I2C_ADAPTER_AMBIGUOUS</c>, <c>I2C_ACCESS_DENIED</c>).
    /// </exception>
    public static LinuxI2cBus Open(string adapter)
    {
        var number = new I2cAdapterLocator("/sys", "/dev").Find(adapter);
        var node = $"/dev/i2c-{number}";
        var error = DeviceFile.TryOpen(node, out var file);
        if (file is null)
        {
            throw error is Errno.AccessDenied or Errno.NotPermitted
                ? new HardwareException("I2C_ACCESS_DENIED", PermissionHint.For(node, "i2c"))
                : new HardwareException("I2C_ADAPTER_LOST", $"{node} cannot be opened: error {error}. Is i2c-dev loaded (modprobe i2c-dev), and the adapter plugged in? i2cdetect -l lists the adapters.");
        }

        var functionality = 0UL;
        if (file.Control(GetFunctionality, ref functionality) is var refused and not 0)
        {
            file.Dispose();
            throw new HardwareException("I2C_ADAPTER_LOST", $"{node} is no I2C adapter (error {refused}). i2cdetect -l lists the adapters.");
        }

        return new LinuxI2cBus(adapter, number, node, file, (I2cFunctionality)functionality);
    }

    /// <inheritdoc/>
    public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
    {
        LimitTo(timeout);
        var addressOnly = write.IsEmpty && read.IsEmpty;
        var error = addressOnly ? SmbusTransfer.SendAddress(_file, address.Value, _can)
            : _can.HasFlag(I2cFunctionality.Messages) ? Exchange(address, write, read)
            : SmbusTransfer.Transfer(_file, address.Value, write, read, _can);
        return error switch
        {
            0 => new I2cTransferResult(I2cTransferStatus.Ok, write.Length, read.Length),
            Errno.NotSupported => throw new RequestException(
                "I2C_NOT_SUPPORTED",
                $"The adapter {_node} cannot make this transfer ({write.Length} B out, {read.Length} B in): it knows only SMBus (functionality 0x{(ulong)_can:X8}). "
                + "Ask for one register at a time, or use another adapter."),
            _ => I2cErrors.Outcome(error, addressOnly) is { } outcome && !IsGone(error) ? new I2cTransferResult(outcome, 0, 0, error) : throw Lost(error),
        };
    }

    /// <inheritdoc/>
    public I2cLineLevels ReadLines() => default;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var device in _devices.Values)
        {
            device.Dispose();
        }

        _devices.Clear();
        _file.Dispose();
    }

    private int Exchange(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        try
        {
            var device = Device(address);
            if (read.IsEmpty)
            {
                device.Write(write);
            }
            else if (write.IsEmpty)
            {
                device.Read(read);
            }
            else
            {
                device.WriteRead(write, read);
            }

            return 0;
        }
        catch (IOException e)
        {
            // Before anything else runs on this thread: it is the number of the call that failed.
            var last = I2cErrors.Last();
            return I2cErrors.NumberOf(e, last);
        }
    }

    private I2cDevice Device(I2cAddress address)
    {
        if (!_devices.TryGetValue(address.Value, out var device))
        {
            _devices[address.Value] = device = I2cDevice.Create(new I2cConnectionSettings(_number, address.Value));
        }

        return device;
    }

    /// <summary>The kernel's limit counts in hundredths of a second and is kept by the adapter; drivers without one ignore it.</summary>
    private void LimitTo(TimeSpan timeout)
    {
        var units = (int)Math.Clamp(Math.Ceiling(timeout / TimeoutUnit), 1, 1000);
        if (units != _timeout && _file.Control(SetTimeout, units) == 0)
        {
            _timeout = units;
        }
    }

    /// <summary>Some drivers answer an input or output error when their adapter has been pulled out: then its node is gone, too.</summary>
    private bool IsGone(int error) => error is Errno.InputOutput or Errno.Protocol && !File.Exists(_node);

    private HardwareException Lost(int error) => new(
        "I2C_ADAPTER_LOST", $"The I2C adapter {_node} is gone (error {error}). Plug it in again; it is opened anew by itself.");
}
