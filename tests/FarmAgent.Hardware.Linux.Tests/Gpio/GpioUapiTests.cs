using System.Runtime.CompilerServices;
using FarmAgent.Hardware.Linux.Gpio;

namespace FarmAgent.Hardware.Linux.Tests.Gpio;

/// <summary>Sizes and call numbers as a C compiler makes them of linux/gpio.h, on x86-64 and arm64 alike.</summary>
public sealed class GpioUapiTests
{
    [Fact]
    public void Structures_HaveTheKernelsSizes()
    {
        Assert.Equal(68, Unsafe.SizeOf<GpioUapi.ChipInfo>());
        Assert.Equal(256, Unsafe.SizeOf<GpioUapi.LineInfo>());
        Assert.Equal(272, Unsafe.SizeOf<GpioUapi.LineConfig>());
        Assert.Equal(592, Unsafe.SizeOf<GpioUapi.LineRequest>());
        Assert.Equal(16, Unsafe.SizeOf<GpioUapi.LineValues>());
        Assert.Equal(48, Unsafe.SizeOf<GpioUapi.LineEvent>());
    }

    [Fact]
    public void Calls_HaveTheKernelsNumbers()
    {
        Assert.Equal(0x8044B401, GpioUapi.GetChipInfo);
        Assert.Equal(0xC100B405, GpioUapi.GetLineInfo);
        Assert.Equal(0xC250B407, GpioUapi.GetLine);
        Assert.Equal(0xC110B40D, GpioUapi.SetConfig);
        Assert.Equal(0xC010B40E, GpioUapi.GetValues);
        Assert.Equal(0xC010B40F, GpioUapi.SetValues);
    }
}
