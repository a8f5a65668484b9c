using System.Text;
using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>A line as the kernel describes it.</summary>
/// <param name="Offset">Number on its chip, from 0.</param>
/// <param name="Name">Name from the device tree, empty for none.</param>
/// <param name="Consumer">Who holds it, empty where nobody does or the holder gave no name.</param>
/// <param name="Flags">The kernel's flags.</param>
internal sealed record GpioLineInfo(int Offset, string Name, string Consumer, ulong Flags)
{
    public bool IsUsed => (Flags & GpioUapi.Used) != 0;

    public bool IsOutput => (Flags & GpioUapi.Output) != 0;
}

/// <summary>An open GPIO chip of the kernel.</summary>
internal sealed class GpioChip : IDisposable
{
    private readonly DeviceFile _file;

    private GpioChip(string path, DeviceFile file, GpioUapi.ChipInfo info)
    {
        Path = path;
        _file = file;
        Name = GpioUapi.Text(info.Device);
        Label = GpioUapi.Text(info.Label);
        LineCount = (int)info.Lines;
    }

    /// <summary>Device node, for example <c>/dev/gpiochip0</c>.</summary>
    public string Path { get; }

    /// <summary>The kernel's name, for example <c>gpiochip0</c>: depends on the order of probing.</summary>
    public string Name { get; }

    /// <summary>The driver's name for it, for example <c>1c20800.pinctrl</c>: stable.</summary>
    public string Label { get; }

    /// <summary>Number of its lines.</summary>
    public int LineCount { get; }

    /// <summary>Opens a chip.</summary>
    /// <param name="path">Device node.</param>
    /// <exception cref="HardwareException">Not there, not permitted or no GPIO chip (<c>GPIO_CHIP_LOST</c>, <c>GPIO_ACCESS_DENIED</c>).</exception>
    public static GpioChip Open(string path)
    {
        var error = DeviceFile.TryOpen(path, out var file);
        if (file is null)
        {
            throw error is Errno.AccessDenied or Errno.NotPermitted
                ? new HardwareException("GPIO_ACCESS_DENIED", PermissionHint.For(path, "gpio"))
                : new HardwareException("GPIO_CHIP_LOST", $"{path} cannot be opened: error {error}. ls /dev/gpiochip* shows the chips that the kernel has.");
        }

        var info = default(GpioUapi.ChipInfo);
        if (file.Control(GpioUapi.GetChipInfo, ref info) is var refused and not 0)
        {
            file.Dispose();
            throw new HardwareException("GPIO_CHIP_LOST", $"{path} is no GPIO chip (error {refused}). ls /dev/gpiochip* shows the chips that the kernel has.");
        }

        return new GpioChip(path, file, info);
    }

    /// <summary>One line's description; whether it is held may change at any time.</summary>
    /// <param name="offset">Its number on this chip.</param>
    /// <exception cref="HardwareException">The chip is gone or has no such line (<c>GPIO_CHIP_LOST</c>, <c>GPIO_LINE_UNKNOWN</c>).</exception>
    public GpioLineInfo Describe(int offset)
    {
        var info = new GpioUapi.LineInfo { Offset = (uint)offset };
        return _file.Control(GpioUapi.GetLineInfo, ref info) switch
        {
            0 => new GpioLineInfo(offset, GpioUapi.Text(info.Name), GpioUapi.Text(info.Consumer), info.Flags),
            Errno.Invalid => throw new HardwareException(
                "GPIO_LINE_UNKNOWN", $"{Name} ({Label}) has lines 0 to {LineCount - 1}, no line {offset}. Correct the number."),
            var error => throw new HardwareException("GPIO_CHIP_LOST", $"{Name} ({Label}) does not answer any more: error {error}. Was its adapter unplugged?"),
        };
    }

    /// <summary>Takes a line and leaves it as it is.</summary>
    /// <param name="offset">Its number on this chip.</param>
    /// <param name="consumer">Who takes it, shown to others by gpioinfo; up to 31 bytes count.</param>
    /// <exception cref="HardwareException">Held by somebody (<c>GPIO_LINE_BUSY</c>), or the chip is gone.</exception>
    public GpioLineRequest Request(int offset, string consumer)
    {
        var request = new GpioUapi.LineRequest { LineCount = 1, EventBufferSize = GpioLineRequest.KeptEvents };
        request.Offsets[0] = (uint)offset;
        Encoding.UTF8.GetBytes(consumer.AsSpan(0, Math.Min(consumer.Length, 31)), request.Consumer);
        var error = _file.Control(GpioUapi.GetLine, ref request);
        if (error == 0)
        {
            return new GpioLineRequest(this, offset, new DeviceFile(request.File));
        }

        var line = Describe(offset);
        throw error == Errno.Busy
            ? new HardwareException(
                "GPIO_LINE_BUSY",
                $"Line {offset} of {Name}{Called(line)} is held by {(line.Consumer.Length > 0 ? $"'{line.Consumer}'" : "a kernel driver")}. "
                + "End that program, or take the line out of the device tree. gpioinfo shows all holders.")
            : new HardwareException("GPIO_IO", $"Line {offset} of {Name}{Called(line)} cannot be taken: error {error}. dmesg may say more.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{Label}]";

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Called(GpioLineInfo line) => line.Name.Length > 0 ? $" ({line.Name})" : string.Empty;
}
