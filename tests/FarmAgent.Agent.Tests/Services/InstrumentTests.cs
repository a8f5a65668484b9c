using System.Device.Gpio;
using FarmAgent.Api.Devices;
using FarmAgent.Api.V1;
using Iot.Device.Adc;
using Iot.Device.Mcp23xxx;

namespace FarmAgent.Agent.Tests.Services;

/// <summary>
/// Instruments on a virtual bench whose models were written from the data sheets, read by bindings that nobody here wrote: in the agent, and on a
/// client that has nothing but a lease.
/// </summary>
public sealed class InstrumentTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farm-instruments-").FullName;
    private TestAgent _agent = null!;
    private string _lease = "";

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "bench.bench.yaml"), """
            name: instruments
            clock: lockstep
            probe: { serial: 066DFF535550755187154723, port: "1-1" }
            target: { chip: STM32F103C8, supply: 3.3, hse: 8000000, uid: 34FFD905434E383719670843 }
            nets:
              - { name: SDA, pins: [PB7], pull: up }
              - { name: SCL, pins: [PB6], pull: up }
              - { name: WIRE, pins: [] }
              - { name: BUTTON, pins: [], pull: up }
            i2c:
              - name: i2c0
                sda: SDA
                scl: SCL
                frequency: 100000
                targets:
                  - { name: meter, address: 0x40, model: ina219, shunt_millivolts: 2.5 }
                  - { name: lines, address: 0x20, model: mcp23017, pins: { GPA0: WIRE, GPB7: BUTTON } }
            gpio:
              - { name: PG0, sysfs: 192, net: WIRE }
              - { name: PG1, sysfs: 193, net: BUTTON }
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "b1.yaml"), """
            boards:
              - name: b1
                backend: virtual
                bench: bench.bench.yaml
                probe: 066DFF535550755187154723
                i2c:
                  - name: i2c0
                    device: i2c0
                    devices:
                      - { name: dut-current, kind: ina219, address: 0x40, shunt_ohms: 0.1 }
                      - { name: lines, kind: mcp23017, address: 0x20 }
                      - { name: absent, kind: lm75, address: 0x48 }
                gpio:
                  - { name: PG0, number: 192 }
                  - { name: PG1, number: 193 }
            """);
        _agent = await TestAgent.StartAsync(o => o with { Virtual = false, Boards = _folder, State = Path.Combine(_folder, "state"), Socket = Path.Combine(_folder, "agent.sock") });
        _lease = (await _agent.LeaseAsync()).Name;
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ReadInstrument_CurrentMeter_MeasuresTheSupplyAndTheCurrent()
    {
        var readings = await ReadAsync("dut-current");

        Assert.Equal(3.3, readings["bus voltage"], 0.004);
        Assert.Equal(0.0025, readings["shunt voltage"], 0.00001);
        Assert.Equal(0.025, readings["current"], 0.0001);
        Assert.Equal(0.0825, readings["power"], 0.002);
    }

    [Fact]
    public async Task ReadInstrument_PowerOff_MeasuresNothing()
    {
        await _agent.BreakAsync(new Fault { TargetPower = new TargetPower { On = false } });

        Assert.Equal(0, (await ReadAsync("dut-current"))["bus voltage"]);
    }

    [Fact]
    public async Task ReadInstrument_PortExpander_SeesTheWires()
    {
        await _agent.Client.Gpio.SetLineAsync(new SetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG0", High = true });

        var readings = await ReadAsync("lines");

        Assert.Equal((1, 0x80), ((int)readings["port a"], (int)readings["port b"]));
    }

    [Fact]
    public async Task ReadInstrument_Silent_IsTheBenchsFault()
    {
        var error = await TestAgent.FailAsync(() => ReadAsync("absent"));

        Assert.Equal(("INSTRUMENT_SILENT", 3), (error.Reason, error.ExitCode));
    }

    [Fact]
    public async Task ReadInstrument_Undeclared_ListsThoseThereAre()
    {
        var error = await TestAgent.FailAsync(() => ReadAsync("scope"));

        Assert.Equal("INSTRUMENT_UNKNOWN", error.Reason);
        Assert.Contains("dut-current, lines, absent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoteI2cDevice_UnmodifiedIna219_WorksOnTheClient()
    {
        var volts = await Task.Run(() =>
        {
            using var meter = new Ina219(Remote(0x40));
            return meter.ReadBusVoltage().Volts;
        });

        Assert.Equal(3.3, volts, 0.004);
    }

    [Fact]
    public async Task RemoteI2cDevice_UnmodifiedMcp23017_DrivesAndReadsLines()
    {
        var (driven, button) = await Task.Run(() =>
        {
            using var controller = new GpioController(new Mcp23017(Remote(0x20)));
            controller.OpenPin(0, PinMode.Output);
            controller.Write(0, PinValue.High);
            controller.OpenPin(15, PinMode.Input);
            using var host = new GpioController(new RemoteGpioDriver(_agent.Client, TestAgent.Board, _lease));
            host.OpenPin(192, PinMode.Input);
            return (host.Read(192), controller.Read(15));
        });

        Assert.Equal((PinValue.High, PinValue.High), (driven, button));
    }

    [Fact]
    public async Task RemoteI2cDevice_NobodyThere_SaysWhoseFaultItIs()
    {
        var thrown = await Assert.ThrowsAsync<IOException>(() => Task.Run(() => Remote(0x48).ReadByte()));

        Assert.Contains("INSTRUMENT_SILENT", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoteGpioDriver_CallbackOfAnEdge_IsCalled()
    {
        var seen = await Task.Run(async () =>
        {
            using var edge = new SemaphoreSlim(0);
            using var host = new GpioController(new RemoteGpioDriver(_agent.Client, TestAgent.Board, _lease));
            host.OpenPin(193, PinMode.Input);
            host.RegisterCallbackForPinValueChangedEvent(193, PinEventTypes.Falling, (_, _) => edge.Release());
            using var lines = new GpioController(new Mcp23017(Remote(0x20)));
            lines.OpenPin(15, PinMode.Output);
            lines.Write(15, PinValue.Low);
            return await edge.WaitAsync(TimeSpan.FromSeconds(10), TestAgent.Cancellation);
        });

        Assert.True(seen);
    }

    private RemoteI2cDevice Remote(int address) => new(_agent.Client, TestAgent.Board, _lease, address);

    private async Task<Dictionary<string, double>> ReadAsync(string instrument) =>
        (await _agent.Client.Instruments.ReadInstrumentAsync(new ReadInstrumentRequest { Board = TestAgent.Board, Lease = _lease, Instrument = instrument }))
            .Readings.ToDictionary(r => r.Quantity, r => r.Value, StringComparer.Ordinal);
}
