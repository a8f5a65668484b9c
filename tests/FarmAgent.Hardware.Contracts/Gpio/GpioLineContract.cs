using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Hardware.Contracts.Gpio;

/// <summary>What an <see cref="IGpioLine"/> owes: holding, levels, directions. Edges are in <see cref="GpioEdgeContract"/>.</summary>
public abstract class GpioLineContract : HardwareContract
{
    /// <summary>A line that is free, an input, and reached from outside.</summary>
    protected abstract string Line { get; }

    /// <summary>Gives the wire a weak level from outside.</summary>
    protected abstract void Pull(bool high);

    /// <summary>The level of the wire as seen from outside.</summary>
    protected abstract bool Wire();

    /// <summary>Lets go of the wire, so that the line's own resistor decides.</summary>
    protected abstract void Release();

    [Fact]
    public void Open_Unknown_IsNamed()
    {
        var unknown = Fails<HardwareException>("GPIO_LINE_UNKNOWN", () => Backend.OpenGpio("NOT-A-LINE"));
        Assert.Contains("NOT-A-LINE", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Held_IsBusy()
    {
        using var line = Backend.OpenGpio(Line);
        Fails<HardwareException>("GPIO_LINE_BUSY", () => Backend.OpenGpio(Line));
        Assert.Equal(Line, line.Name);
    }

    [Fact]
    public void Open_AfterDispose_IsFree()
    {
        OpenInput().Dispose();
        using var again = Backend.OpenGpio(Line);
        Assert.Equal(GpioDirection.Input, again.Direction);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_Input_IsTheWire(bool level)
    {
        using var line = OpenInput();
        Pull(level);
        Assert.Equal(level, line.Read());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ConfigureOutput_AgainstThePull_HasItsLevelAtOnce(bool level)
    {
        using var line = OpenInput();
        Pull(!level);
        line.ConfigureOutput(level);
        Assert.Equal((level, level, GpioDirection.Output), (Wire(), line.Read(), line.Direction));
    }

    [Fact]
    public void ConfigureOutput_Again_TakesTheNewLevel()
    {
        using var line = Backend.OpenGpio(Line);
        line.ConfigureOutput(initialHigh: true);
        line.ConfigureOutput(initialHigh: false);
        Assert.False(Wire());
        line.ConfigureInput(GpioBias.AsIs);
    }

    [Fact]
    public void Write_Output_DrivesTheWire()
    {
        using var line = Backend.OpenGpio(Line);
        line.ConfigureOutput(initialHigh: false);
        line.Write(high: true);
        Assert.True(Wire());
        line.Write(high: false);
        Assert.False(Wire());
        line.ConfigureInput(GpioBias.AsIs);
    }

    [Fact]
    public void Write_Input_IsRefused()
    {
        using var line = OpenInput();
        Fails<RequestException>("GPIO_NOT_OUTPUT", () => line.Write(high: true));
    }

    [Fact]
    public void ConfigureInput_Output_LetsTheWireGo()
    {
        using var line = Backend.OpenGpio(Line);
        line.ConfigureOutput(initialHigh: true);
        line.ConfigureInput(GpioBias.AsIs);
        Pull(high: false);
        Assert.Equal((false, GpioDirection.Input), (Wire(), line.Direction));
    }

    [Theory]
    [InlineData(GpioBias.PullUp, true)]
    [InlineData(GpioBias.PullDown, false)]
    public void ConfigureInput_Bias_DecidesAFreeWire(GpioBias bias, bool level)
    {
        using var line = Backend.OpenGpio(Line);
        Release();
        line.ConfigureInput(bias);
        Assert.Equal(level, line.Read());
    }

    [Fact]
    public void Dispose_Twice_IsNoFault()
    {
        var line = Backend.OpenGpio(Line);
        line.Dispose();
        line.Dispose();
        Assert.Throws<ObjectDisposedException>(() => line.Read());
        Assert.Throws<ObjectDisposedException>(() => line.ConfigureOutput(initialHigh: true));
        Assert.Throws<ObjectDisposedException>(() => line.WatchEdges(GpioEdges.Both, TimeSpan.Zero));
    }

    private IGpioLine OpenInput()
    {
        var line = Backend.OpenGpio(Line);
        line.ConfigureInput(GpioBias.AsIs);
        return line;
    }
}
