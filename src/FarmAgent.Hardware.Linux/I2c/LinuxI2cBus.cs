using System.Device.I2c;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.I2c;

/// <summary>
/// An adapter of the kernel. Plain transfers go through System.Device.Gpio; what that hides (functionality, limit, a bare address, adapters that
/// know only SMBus) through a descriptor of our own. One transfer never uses both. Nothing stays open between transfers: the kernel does not let an
/// adapter on USB go while its node is open, and until then serves no other plug event of that bus.
/// </summary>
internal sealed class LinuxI2cBus : II2cBus
{
    private const uint SetTimeout = 0x0702;
    private const uint GetFunctionality = 0x0705;
    private static readonly TimeSpan TimeoutUnit = TimeSpan.FromMilliseconds(10);

    private readonly int _number;
    private readonly string _node;
    private readonly ulong? _inode;
    private readonly I2cFunctionality _can;
    private int _timeout;
    private bool _closed;

    private LinuxI2cBus(string name, int number, string node, I2cFunctionality can) =>
        (Name, _number, _node, _inode, _can) = (name, number, node, NodeStatus.InodeOf(node), can);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Finds an adapter and asks what it can do.</summary>
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

        using (file)
        {
            var functionality = 0UL;
            return file.Control(GetFunctionality, ref functionality) is var refused and not 0
                ? throw new HardwareException("I2C_ADAPTER_LOST", $"{node} is no I2C adapter (error {refused}). i2cdetect -l lists the adapters.")
                : new LinuxI2cBus(adapter, number, node, (I2cFunctionality)functionality);
        }
    }

    /// <inheritdoc/>
    public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        address.ThrowIfNotSevenBit();

        // A node that was made anew may be another adapter's.
        if (NodeStatus.InodeOf(_node) != _inode)
        {
            throw Lost(Errno.NoDevice);
        }

        var addressOnly = write.IsEmpty && read.IsEmpty;
        var byMessages = !addressOnly && _can.HasFlag(I2cFunctionality.Messages);
        var error = byMessages ? Exchange(address, write, read, timeout) : ExchangeBySmbus(address, write, read, timeout);
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
    public void Dispose() => _closed = true;

    private static int UnitsOf(TimeSpan timeout) => (int)Math.Clamp(Math.Ceiling(timeout / TimeoutUnit), 1, 1000);

    private int ExchangeBySmbus(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
    {
        var error = DeviceFile.TryOpen(_node, out var file);
        if (file is null)
        {
            return error;
        }

        using (file)
        {
            LimitTo(timeout, file);
            return write.IsEmpty && read.IsEmpty
                ? SmbusTransfer.SendAddress(file, address.Value, _can)
                : SmbusTransfer.Transfer(file, address.Value, write, read, _can);
        }
    }

    private int Exchange(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
    {
        if (UnitsOf(timeout) != _timeout && DeviceFile.TryOpen(_node, out var file) == 0)
        {
            using (file)
            {
                LimitTo(timeout, file!);
            }
        }

        try
        {
            using var device = I2cDevice.Create(new I2cConnectionSettings(_number, address.Value));
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

    /// <summary>The kernel's limit counts in hundredths of a second and is kept by the adapter; drivers without one ignore it.</summary>
    private void LimitTo(TimeSpan timeout, DeviceFile file)
    {
        var units = UnitsOf(timeout);
        if (units != _timeout && file.Control(SetTimeout, units) == 0)
        {
            _timeout = units;
        }
    }

    /// <summary>Some drivers answer an input or output error when their adapter has been pulled out: then its node is gone, too.</summary>
    private bool IsGone(int error) => error is Errno.InputOutput or Errno.Protocol && !File.Exists(_node);

    private HardwareException Lost(int error) => new(
        "I2C_ADAPTER_LOST", $"The I2C adapter {_node} is gone (error {error}). Plug it in again; it is opened anew by itself.");
}
