using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>One line while it is held: the kernel gives it back to nobody else until this is disposed or the process ends.</summary>
internal sealed class GpioLineRequest(GpioChip chip, int offset, DeviceFile file) : IDisposable
{
    /// <summary>Edges that the kernel keeps for the reader.</summary>
    public const int KeptEvents = 1024;

    /// <summary>True while the line is driven.</summary>
    public bool IsOutput => chip.Describe(offset).IsOutput;

    /// <summary>Makes it an input, with or without edges.</summary>
    /// <param name="bias">Pull resistor.</param>
    /// <param name="edges">Which edges to report.</param>
    /// <param name="debounce">Shortest level that counts; zero for none.</param>
    public void ConfigureInput(GpioBias bias, GpioEdges edges = GpioEdges.None, TimeSpan debounce = default)
    {
        var config = new GpioUapi.LineConfig
        {
            Flags = GpioUapi.Input
                | ((edges & GpioEdges.Rising) != 0 ? GpioUapi.EdgeRising : 0)
                | ((edges & GpioEdges.Falling) != 0 ? GpioUapi.EdgeFalling : 0)
                | bias switch
                {
                    GpioBias.PullUp => GpioUapi.BiasPullUp,
                    GpioBias.PullDown => GpioUapi.BiasPullDown,
                    GpioBias.Disabled => GpioUapi.BiasDisabled,
                    _ => 0,
                },
        };
        if (debounce > TimeSpan.Zero)
        {
            Add(ref config, GpioUapi.AttributeDebounce, (uint)Math.Clamp(debounce.TotalMicroseconds, 1, uint.MaxValue));
        }

        Configure(ref config, $"an input with bias {bias}" + (edges == GpioEdges.None ? string.Empty : $", edges {edges}"));
    }

    /// <summary>Makes it an output; the level is set before the driver is switched on, so the wire sees no other.</summary>
    /// <param name="high">Level from the first moment on.</param>
    public void ConfigureOutput(bool high)
    {
        var config = new GpioUapi.LineConfig { Flags = GpioUapi.Output };
        Add(ref config, GpioUapi.AttributeOutputValues, high ? 1UL : 0);
        Configure(ref config, "an output");
    }

    /// <summary>Level on the wire.</summary>
    public bool Read()
    {
        var values = new GpioUapi.LineValues { Mask = 1 };
        Check(file.Control(GpioUapi.GetValues, ref values), "read");
        return (values.Bits & 1) != 0;
    }

    /// <summary>Drives an output.</summary>
    public void Write(bool high)
    {
        var values = new GpioUapi.LineValues { Mask = 1, Bits = high ? 1UL : 0 };
        Check(file.Control(GpioUapi.SetValues, ref values), "driven");
    }

    /// <summary>Takes the next edge, with the kernel's monotonic time and the line's own count.</summary>
    /// <returns>False when the limit passed.</returns>
    public bool TryReadEvent(TimeSpan timeout, out GpioUapi.LineEvent found)
    {
        found = default;
        if (!file.WaitReadable(timeout))
        {
            return false;
        }

        var error = file.Read(MemoryMarshal.AsBytes(new Span<GpioUapi.LineEvent>(ref found)), out var count);
        if (error is Errno.TryAgain or Errno.Interrupted)
        {
            return false;
        }

        Check(error == 0 && count != Unsafe.SizeOf<GpioUapi.LineEvent>() ? Errno.InputOutput : error, "watched");
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static void Add(ref GpioUapi.LineConfig config, uint id, ulong value)
    {
        ref var added = ref config.Attributes[(int)config.AttributeCount++];
        added.Attribute.Id = id;
        added.Attribute.Value = value;
        added.Mask = 1;
    }

    private void Configure(ref GpioUapi.LineConfig config, string what)
    {
        var error = file.Control(GpioUapi.SetConfig, ref config);
        if (error is Errno.NotSupported or Errno.Invalid)
        {
            throw new RequestException(
                "GPIO_NOT_SUPPORTED", $"Line {offset} of {chip} cannot be {what}: its driver refuses (error {error}). Leave the bias as it is, or use another line.");
        }

        Check(error, $"made {what}");
    }

    private void Check(int error, string what)
    {
        if (error != 0)
        {
            throw error is Errno.NoDevice or Errno.NoDeviceOrAddress
                ? new HardwareException("GPIO_LINE_LOST", $"Line {offset} of {chip} is gone. Plug its adapter in again; the line is taken anew by itself.")
                : new HardwareException("GPIO_IO", $"Line {offset} of {chip} could not be {what}: error {error}. dmesg may say more.");
        }
    }
}
