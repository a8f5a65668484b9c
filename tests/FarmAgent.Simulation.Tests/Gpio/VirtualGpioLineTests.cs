using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Gpio;

public sealed class VirtualGpioLineTests : IDisposable
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    [Fact]
    public void Write_ToAnInput_IsRefused()
    {
        using var line = _bench.OpenBackend().OpenGpio("PG11");
        Assert.Equal("GPIO_NOT_OUTPUT", Assert.Throws<RequestException>(() => line.Write(true)).Reason);
    }

    [Fact]
    public void Output_DrivesTheNet()
    {
        using var line = _bench.OpenBackend().OpenGpio("PG11");
        line.ConfigureOutput(initialHigh: true);
        Assert.True(_bench.GetNet("PA0").Level);
    }

    [Theory]
    [InlineData(GpioBias.PullUp, true)]
    [InlineData(GpioBias.PullDown, false)]
    public void Input_WithBias_ReadsItOnAnOpenWire(GpioBias bias, bool expected)
    {
        using var line = _bench.OpenBackend().OpenGpio("PG11");
        line.ConfigureInput(bias);
        Assert.Equal(expected, line.Read());
    }

    [Fact]
    public void Open_ALineThatIsHeld_IsBusy()
    {
        using var line = _bench.OpenBackend().OpenGpio("PG11");
        Assert.Equal("GPIO_LINE_BUSY", Assert.Throws<HardwareException>(() => _bench.OpenBackend().OpenGpio("203")).Reason);
    }

    [Fact]
    public void Open_AfterItWasClosed_FindsTheStateItWasLeftIn()
    {
        var first = _bench.OpenBackend().OpenGpio("PG11");
        first.ConfigureOutput(initialHigh: true);
        first.Dispose();
        using var second = _bench.OpenBackend().OpenGpio("PG11");
        Assert.Equal((GpioDirection.Output, true), (second.Direction, second.Read()));
    }

    [Fact]
    public void Open_UnknownName_NamesTheLines()
    {
        var problem = Assert.Throws<HardwareException>(() => _bench.OpenBackend().OpenGpio("PX1"));
        Assert.Equal("GPIO_LINE_UNKNOWN", problem.Reason);
        Assert.Contains("PG11", problem.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _bench.Dispose();
}
