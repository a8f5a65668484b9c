using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>I2C1 as the master of a bench that has a sensor at 0x48 (RM0008 section 26.3.3).</summary>
public sealed class I2cMasterTests : IDisposable
{
    private const uint Control = 0x4000_5400;
    private const uint Data = 0x4000_5410;
    private const uint Events = 0x4000_5414;
    private const uint State = 0x4000_5418;
    private const uint Start = 0x101;
    private const uint Stop = 0x201;
    private const uint Acknowledge = 0x400;

    private readonly VirtualBench _bench;

    public I2cMasterTests()
    {
        var seed = BenchFile.Seed() with { Clock = BenchClockMode.Lockstep };
        _bench = new VirtualBench(seed with { I2c = [seed.I2c[0] with { Targets = [new BenchI2cTarget("sensor", 0x48, [0x19, 0x80], Writable: true)] }] });
        Write(0x4002_1018, 8);
        Write(0x4002_101C, 1 << 21);
        Write(0x4001_0C00, 0xFF44_4444);
        Write(0x4000_5404, 8);
        Write(0x4000_541C, 40);
        Write(Control, 1);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Start_OnAFreeBus_ShowsSbAndMasterState()
    {
        Write(Control, Start);
        Advance(15);
        Assert.Equal((1u, 3u, 1u), (Read(Events), Read(State), Read(Control)));
    }

    [Theory]
    [InlineData(0x90, 0x02, 7)]
    [InlineData(0x91, 0x02, 3)]
    [InlineData(0xA0, 0x400, 7)]
    public void Address_Sent_IsAcknowledgedOrRefused(uint address, uint expectedEvents, uint expectedState)
    {
        Open(address);
        var events = Read(Events);
        Assert.Equal((expectedEvents, expectedState), (events, Read(State)));
    }

    [Fact]
    public void Read_TwoBytes_SecondRefusedAndStopped()
    {
        Write(Control, Start | Acknowledge);
        Advance(15);
        Read(Events);
        Write(Data, 0x91);
        Advance(95);
        Read(Events);
        Read(State);
        Advance(95);
        Write(Control, Stop);
        var first = Read(Data);
        Advance(110);
        Assert.Equal((0x19u, 0x80u, 0u), (first, Read(Data), Read(State)));
    }

    [Fact]
    public void Write_WithoutFurtherData_EndsWithTxeAndBtf()
    {
        Open(0x90);
        Read(Events);
        Read(State);
        Write(Data, 1);
        Advance(95);
        Assert.Equal(0x84u, Read(Events));
    }

    [Fact]
    public void Host_WhileTheChipHasTheBus_WaitsForItsStop()
    {
        using var bus = _bench.OpenBackend().OpenI2c("i2c0");
        Open(0x90);
        var meanwhile = bus.Transfer(new I2cAddress(0x48), [], [], TimeSpan.FromMilliseconds(5)).Status;
        Write(Control, Stop);
        Advance(15);
        Assert.Equal((I2cTransferStatus.Timeout, I2cTransferStatus.Ok), (meanwhile, bus.Transfer(new I2cAddress(0x48), [], [], TimeSpan.FromMilliseconds(5)).Status));
    }

    private void Open(uint address)
    {
        Write(Control, Start);
        Advance(15);
        Read(Events);
        Write(Data, address);
        Advance(95);
    }

    private uint Read(uint address)
    {
        _bench.Chip.Bus.Read(address, 4, BusMaster.Debugger, out var value);
        return value;
    }

    private void Write(uint address, uint value) => _bench.Chip.Bus.Write(address, 4, value, BusMaster.Debugger);

    private void Advance(double microseconds) => _bench.Advance(TimeSpan.FromMicroseconds(microseconds), TestContext.Current.CancellationToken);
}
