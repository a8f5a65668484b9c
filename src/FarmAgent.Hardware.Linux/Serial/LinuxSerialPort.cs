using System.Diagnostics;
using System.Runtime.CompilerServices;
using FarmAgent.Hardware.Linux.Native;
using FarmAgent.Hardware.Serial;

namespace FarmAgent.Hardware.Linux.Serial;

/// <summary>
/// A tty of the host. Two locks keep others out: the terminal's own exclusive mode for every program without privileges, and an advisory lock
/// for those with them.
/// </summary>
internal sealed class LinuxSerialPort : ISerialPort
{
    private const byte Terminal = (byte)'T';
    private const uint SetExclusive = 0x540C;
    private const uint ClearExclusive = 0x540D;
    private static readonly uint GetSettings = IoctlNumber.Read(Terminal, 0x2A, Unsafe.SizeOf<TerminalSettings>());
    private static readonly uint SetSettings = IoctlNumber.Write(Terminal, 0x2B, Unsafe.SizeOf<TerminalSettings>());

    private readonly DeviceFile _file;
    private readonly string _device;
    private bool _closed;

    private LinuxSerialPort(string device, DeviceFile file) => (_device, _file) = (device, file);

    /// <inheritdoc/>
    public string Name => _device;

    /// <summary>Opens a tty.</summary>
    /// <param name="device">Path, for example <c>/dev/ttyS1</c> or a stable name below <c>/dev/serial/by-id</c>.</param>
    /// <param name="settings">Line settings.</param>
    /// <exception cref="HardwareException">
    /// Not there, not permitted, held, or not able to run at these settings (<c>SERIAL_LOST</c>, <c>SERIAL_ACCESS_DENIED</c>, <c>SERIAL_BUSY</c>,
    /// <c>SERIAL_SETTINGS_REFUSED</c>).
    /// </exception>
    public static LinuxSerialPort Open(string device, SerialSettings settings)
    {
        var error = DeviceFile.TryOpen(device, out var file);
        if (file is null)
        {
            throw OpeningFailed(device, error);
        }

        try
        {
            if (file.Lock() != 0 || file.Control(SetExclusive, 0) == Errno.Busy)
            {
                throw OpeningFailed(device, Errno.Busy);
            }

            Apply(device, file, settings);
            return new LinuxSerialPort(device, file);
        }
        catch (HardwareException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        if (!_file.WaitReadable(timeout))
        {
            return 0;
        }

        return _file.Read(buffer, out var count) switch
        {
            // Readable and yet nothing to read is how a tty says that its other side is gone.
            0 when count == 0 => throw Lost("was hung up"),
            0 => count,
            Errno.TryAgain or Errno.Interrupted => 0,
            var error => throw Lost($"fails with error {error}"),
        };
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = 0;
        while (sent < data.Length)
        {
            if (!_file.WaitWritable(timeout - Stopwatch.GetElapsedTime(started)))
            {
                throw new HardwareException(
                    "SERIAL_TIMEOUT",
                    $"{_device} took {sent} of {data.Length} B within {timeout.TotalMilliseconds:F0} ms. Is the other side stopped by flow control, or the baud rate very low?");
            }

            var error = _file.Write(data[sent..], out var count);
            if (error is not (0 or Errno.TryAgain or Errno.Interrupted))
            {
                throw Lost($"fails with error {error}");
            }

            sent += Math.Max(count, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;

            // The terminal keeps its mode while anybody else has it open, and would refuse this program, too.
            _file.Control(ClearExclusive, 0);
            _file.Dispose();
        }
    }

    private static void Apply(string device, DeviceFile file, SerialSettings settings)
    {
        var wanted = TerminalSettings.Raw(settings);
        var error = file.Control(SetSettings, ref wanted);
        var found = default(TerminalSettings);
        if (error == 0)
        {
            error = file.Control(GetSettings, ref found);
        }

        // A driver that cannot make the rate takes the nearest one it can, and says so only when asked. Receivers stand 2 to 3 percent.
        const double Tolerance = 0.03;
        if (error == Errno.NotATerminal)
        {
            throw new HardwareException("SERIAL_LOST", $"{device} is no serial port. Name a tty, for example /dev/ttyS1: ls /dev/serial/by-id lists those on USB.");
        }

        if (error != 0 || Math.Abs((double)found.OutputSpeed - settings.BaudRate) > settings.BaudRate * Tolerance)
        {
            throw new HardwareException(
                "SERIAL_SETTINGS_REFUSED",
                $"{device} does not run at {settings.BaudRate} baud, {settings.DataBits} data bits, parity {settings.Parity}, {settings.StopBits} stop bits: "
                + (error != 0 ? $"error {error}" : $"it offers {found.OutputSpeed} baud") + ". Choose another rate in the board's file.");
        }
    }

    private static HardwareException OpeningFailed(string device, int error) => error switch
    {
        Errno.AccessDenied or Errno.NotPermitted => new HardwareException("SERIAL_ACCESS_DENIED", PermissionHint.For(device, "dialout")),
        Errno.Busy or Errno.TryAgain => new HardwareException(
            "SERIAL_BUSY",
            $"{device} is in use by {OpenFiles.HolderOf(device) ?? "another program"}. End it (a console such as screen or getty), or name another port."),
        Errno.NoEntry or Errno.NoDevice or Errno.NoDeviceOrAddress => new HardwareException(
            "SERIAL_LOST", $"There is no {device}. Plug the adapter in, or correct 'device': ls /dev/tty* /dev/serial/by-id shows what there is."),
        _ => new HardwareException("SERIAL_LOST", $"{device} cannot be opened: error {error}. dmesg may say more."),
    };

    private HardwareException Lost(string how) => new("SERIAL_LOST", $"{_device} {how}. Plug the adapter in again; the port is opened anew by itself.");
}
