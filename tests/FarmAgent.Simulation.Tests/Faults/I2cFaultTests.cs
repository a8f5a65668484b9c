using FarmAgent.Hardware.I2c;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class I2cFaultTests : IDisposable
{
    private readonly FirmwareOnFaultBench _bench = new("expander");

    [Theory]
    [InlineData(1, I2cTransferStatus.AddressNack, 0)]
    [InlineData(2, I2cTransferStatus.DataNack, 0)]
    [InlineData(3, I2cTransferStatus.DataNack, 1)]
    public void Nack_AtAByte_EndsTheTransferThere(int at, I2cTransferStatus expected, int written)
    {
        _bench.Make($"kind: i2c-nack, at: {at}");
        var result = _bench.Transfer([0x03, 0x01], []);
        Assert.Equal((expected, written), (result.Status, result.BytesWritten));
        Assert.True(_bench.ProbesExpander());
    }

    [Fact]
    public void Nack_OfEveryByte_LastsUntilItIsCleared()
    {
        _bench.Make("kind: i2c-nack, count: endless");
        var during = _bench.ProbesExpander();
        _bench.Bench.Faults.ClearAll();
        Assert.Equal((false, true), (during, _bench.ProbesExpander()));
    }

    [Fact]
    public void Stretch_ShorterThanTheLimit_OnlyTakesLonger()
    {
        var plain = Duration(() => _bench.ProbesExpander());
        _bench.Make("kind: i2c-stretch, at: 2, for: 5ms");
        var isOk = false;
        var stretched = Duration(() => isOk = _bench.ProbesExpander());
        Assert.True(isOk);
        Assert.InRange((stretched - plain).TotalMilliseconds, 4.5, 5.5);
    }

    [Fact]
    public void Stretch_HoldsSclLowOnTheWire()
    {
        _bench.Make("kind: i2c-stretch, for: 50ms");
        _bench.Transfer([0], new byte[2]);
        var during = _bench.Bench.GetNet("SCL").Level;
        _bench.Firmware.Advance(60);
        Assert.Equal((false, true), (during, _bench.Bench.GetNet("SCL").Level));
    }

    [Fact]
    public void Stretch_LongerThanTheLimit_IsATimeout()
    {
        _bench.Make("kind: i2c-stretch, at: 2, for: 200ms");
        var during = _bench.Transfer([0], new byte[2]).Status;
        _bench.Firmware.Advance(300);
        Assert.Equal((I2cTransferStatus.Timeout, true), (during, _bench.ProbesExpander()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void ArbitrationLost_AtAByte_EndsTheTransferAndTheNextOneIsOk(int at)
    {
        _bench.Make($"kind: i2c-arbitration-lost, at: {at}");
        Assert.Equal((I2cTransferStatus.ArbitrationLost, true), (_bench.Transfer([0], new byte[2]).Status, _bench.ProbesExpander()));
    }

    [Theory]
    [InlineData("SDA")]
    [InlineData("SCL")]
    public void StuckWire_Low_IsABusThatIsStuckUntilItIsCleared(string net)
    {
        _bench.Make($"kind: stuck-wire, net: {net}, level: low");
        var during = _bench.Transfer([0], new byte[2]).Status;
        var lines = _bench.Firmware.I2c.ReadLines();
        _bench.Bench.Faults.ClearAll();
        Assert.Equal((I2cTransferStatus.BusStuck, new I2cLineLevels(net != "SCL", net != "SDA")), (during, lines));
        Assert.True(_bench.ProbesExpander());
    }

    [Fact]
    public void StuckWire_FromAByteOn_SpoilsTheTransferUnderWay()
    {
        _bench.Make("kind: stuck-wire, net: SDA, of: i2c-bytes, at: 2, for: 10ms");
        Assert.Equal(I2cTransferStatus.ArbitrationLost, _bench.Transfer([0], new byte[2]).Status);
        _bench.Firmware.Advance(20);
        Assert.True(_bench.ProbesExpander());
    }

    [Fact]
    public void BridgeWires_SdaToScl_IsATimeout()
    {
        _bench.Make("kind: bridge-wires, net: SDA, to: SCL");
        var during = _bench.Transfer([0], new byte[2]).Status;
        _bench.Bench.Faults.ClearAll();
        Assert.Equal((I2cTransferStatus.Timeout, true), (during, _bench.ProbesExpander()));
    }

    public void Dispose() => _bench.Dispose();

    private TimeSpan Duration(Action action)
    {
        var start = _bench.Bench.Elapsed;
        action();
        return _bench.Bench.Elapsed - start;
    }
}
