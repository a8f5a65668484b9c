using FarmAgent.Boards.Buses;
using FarmAgent.Boards.Tests.Expander;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Tests.Buses;

public sealed class I2cScannerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void Scan_OneDevice_FindsIt() =>
        Assert.Equal([new I2cAddress(0x08)], I2cScanner.Scan(FakeExpander.Ours(), _ => true, Limit, CancellationToken.None).Found);

    [Fact]
    public void Scan_WholeBus_SendsAddressesOfDevicesAndNoData()
    {
        var bus = FakeExpander.Ours();

        I2cScanner.Scan(bus, _ => true, Limit, CancellationToken.None);

        Assert.Equal(("0x08 w r0", "0x77 w r0", 112), (bus.Transfers[0], bus.Transfers[^1], bus.Transfers.Count));
    }

    [Fact]
    public void Scan_AddressesOfOthers_AreLeftOut()
    {
        var bus = FakeExpander.Ours();

        I2cScanner.Scan(bus, a => a.Value == 0x08, Limit, CancellationToken.None);

        Assert.Single(bus.Transfers);
    }

    [Fact]
    public void Scan_StuckBus_EndsAtOnceWithTheFault()
    {
        var scan = I2cScanner.Scan(new StuckBus(), _ => true, Limit, CancellationToken.None);

        Assert.Equal((false, I2cTransferStatus.BusStuck, new I2cAddress(0x08)), (scan.IsComplete, scan.Fault?.Status, scan.FaultAddress));
    }

    private sealed class StuckBus : II2cBus
    {
        public string Name => "i2c0";

        public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout) =>
            new(I2cTransferStatus.BusStuck, 0, 0);

        public I2cLineLevels ReadLines() => new(true, false);

        public void Dispose()
        {
        }
    }
}
