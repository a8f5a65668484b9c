using System.Device.Gpio;
using System.Device.I2c;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Devices;
using Iot.Device.Adc;
using Iot.Device.Mcp23xxx;

namespace FarmAgent.Hardware.KernelTests.Strangers;

/// <summary>
/// Chip classes of Iot.Device.Bindings, unmodified, against the twin's models on the kernel's bus: straight over the kernel's node, and as a remote device
/// through the agent whose backend that kernel is.
/// </summary>
public sealed class BindingTests : IDisposable
{
    private const int Meter = 0x40;
    private const int Lines = 0x20;
    private readonly FarmClient _client = Client();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(Way.Node)]
    [InlineData(Way.Agent)]
    public void Ina219_MeasuresTheTwinsSupply(Way way)
    {
        using var meter = new Ina219(Open(way, Meter));
        Assert.Equal(3.3, meter.ReadBusVoltage().Volts, 0.004);
        Assert.Equal(0.0025, meter.ReadShuntVoltage().Volts, 0.00001);
    }

    [Theory]
    [InlineData(Way.Node)]
    [InlineData(Way.Agent)]
    public void Mcp23017_DrivesOneLineAndReadsTheOther(Way way)
    {
        // GPA0 and GPA1 are on one wire; GPB7 has a pull-up.
        using var chip = new GpioController(new Mcp23017(Open(way, Lines)));
        chip.OpenPin(0, PinMode.Output);
        chip.OpenPin(1, PinMode.Input);
        chip.OpenPin(15, PinMode.Input);
        var seen = new List<PinValue>();
        foreach (var level in (PinValue[])[PinValue.High, PinValue.Low, PinValue.High])
        {
            chip.Write(0, level);
            seen.Add(chip.Read(1));
        }

        Assert.Equal([PinValue.High, PinValue.Low, PinValue.High], seen);
        Assert.Equal(PinValue.High, chip.Read(15));
    }

    [Theory]
    [InlineData(Way.Node)]
    [InlineData(Way.Agent)]
    public void Binding_NobodyThere_SaysSo(Way way)
    {
        using var device = Open(way, 0x41);
        Assert.Throws<IOException>(() => new Ina219(device).ReadBusVoltage());
    }

    private static FarmClient Client() => new(new FarmClientOptions
    {
        Address = AgentAddress.TryParse("unix:" + Environment.GetEnvironmentVariable("FARM_SOCKET"), out var address) ? address : AgentAddress.Default,
    });

    private I2cDevice Open(Way way, int address) => way == Way.Node
        ? I2cDevice.Create(new I2cConnectionSettings(Outside.Bus("i2c-tiny-usb"), address))
        : new RemoteI2cDevice(_client, "boards/inside", Environment.GetEnvironmentVariable("FARM_LEASE") ?? string.Empty, address);
}

/// <summary>How a binding reaches its chip.</summary>
public enum Way
{
    /// <summary>The kernel's <c>/dev/i2c-N</c>.</summary>
    Node,

    /// <summary>The agent, under a lease.</summary>
    Agent,
}
