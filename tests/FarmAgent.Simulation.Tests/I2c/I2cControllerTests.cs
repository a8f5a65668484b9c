using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.I2c;

public sealed class I2cControllerTests : IDisposable
{
    private static readonly I2cAddress Sensor = new(0x48);
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    private readonly VirtualBench _bench;
    private readonly II2cBus _bus;

    public I2cControllerTests()
    {
        var seed = BenchFile.Seed();
        _bench = new VirtualBench(seed with
        {
            Clock = BenchClockMode.Lockstep,
            I2c = [seed.I2c[0] with { Targets = [new BenchI2cTarget("lm75", 0x48, [0x19, 0x80, 0x11, 0x22], Writable: true)] }],
        });
        _bus = _bench.OpenBackend().OpenI2c("/dev/i2c-0");
    }

    [Fact]
    public void Transfer_ReadOfARegisterChip_GivesItsBytes()
    {
        var read = new byte[3];
        var result = _bus.Transfer(Sensor, [1], read, Limit);
        Assert.Equal(new I2cTransferResult(I2cTransferStatus.Ok, 1, 3), result);
        Assert.Equal([0x80, 0x11, 0x22], read);
    }

    [Fact]
    public void Transfer_WriteThenRead_GivesWhatWasWritten()
    {
        _bus.Transfer(Sensor, [2, 0xAB], [], Limit);
        var read = new byte[1];
        _bus.Transfer(Sensor, [2], read, Limit);
        Assert.Equal(0xAB, read[0]);
    }

    [Fact]
    public void Transfer_At100KHz_TakesTheTimeOfItsBitsAndOfTheHost()
    {
        var start = _bench.Elapsed;
        _bus.Transfer(Sensor, [1], new byte[1], Limit);

        // START, address, register, repeated START, address, byte, STOP: 39 bits of 10 us; 100 us of the host.
        Assert.InRange((_bench.Elapsed - start).TotalMicroseconds, 490, 492);
    }

    [Fact]
    public void Transfer_WithNothingToCarry_ProbesTheAddress() =>
        Assert.Equal((I2cTransferStatus.Ok, I2cTransferStatus.AddressNack), (Probe(0x48), Probe(0x50)));

    [Theory]
    [InlineData("SDA")]
    [InlineData("SCL")]
    public void Transfer_LineHeldLow_IsBusStuck(string net)
    {
        _bench.DriveNet(net, PinDrive.Low);
        Assert.Equal(I2cTransferStatus.BusStuck, Probe(0x48));
    }

    [Theory]
    [InlineData("SDA")]
    [InlineData("SCL")]
    public void Transfer_TargetsEndCut_IsAnAddressNack(string net)
    {
        _bench.Faults.CutWire(net, "lm75:" + net);
        Assert.Equal(I2cTransferStatus.AddressNack, Probe(0x48));
    }

    [Fact]
    public void Transfer_HostsEndCut_IsBusStuck()
    {
        _bench.Faults.CutWire("SDA", "host:i2c0.SDA");
        Assert.Equal(I2cTransferStatus.BusStuck, Probe(0x48));
    }

    [Fact]
    public void Transfer_CutAndJoinedAgain_IsOk()
    {
        _bench.Faults.CutWire("SDA", "lm75:SDA");
        _bench.Faults.JoinWire("SDA", "lm75:SDA");
        Assert.Equal(I2cTransferStatus.Ok, Probe(0x48));
    }

    [Fact]
    public void ReadLines_TellsWhoIsLow()
    {
        _bench.DriveNet("SDA", PinDrive.Low);
        Assert.Equal(new I2cLineLevels(true, false), _bus.ReadLines());
    }

    [Fact]
    public void ReadLines_WithoutAPullUp_AreLow()
    {
        _bench.Faults.CutWire("SCL", "board:pull");
        Assert.Equal(new I2cLineLevels(false, true), _bus.ReadLines());
    }

    public void Dispose() => _bench.Dispose();

    private I2cTransferStatus Probe(byte address) => _bus.Transfer(new I2cAddress(address), [], [], Limit).Status;
}
