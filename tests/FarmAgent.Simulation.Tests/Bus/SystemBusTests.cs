using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Bus;

public sealed class SystemBusTests
{
    private readonly SystemBus _bus = new();
    private readonly MemoryRegion _ram = new("SRAM", new byte[0x1000]);

    public SystemBusTests() => _bus.MapMemory(0x2000_0000, _ram);

    [Fact]
    public void Read_OfEachWidth_IsLittleEndian()
    {
        _bus.Write(0x2000_0010, 4, 0x4433_2211, BusMaster.Core);
        Assert.Equal(0x11u, Read(0x2000_0010, 1));
        Assert.Equal(0x4433u, Read(0x2000_0012, 2));
        Assert.Equal(0x4433_2211u, Read(0x2000_0010, 4));
    }

    [Fact]
    public void Read_WhereNobodyAnswers_IsAnError() => Assert.Equal(BusResponse.Error, _bus.Read(0x6000_0000, 4, BusMaster.Debugger, out _));

    [Fact]
    public void BootAlias_ShowsTheSameBytesAtZero()
    {
        _bus.SetBootAlias(_ram);
        _bus.Write(0x2000_0004, 4, 0x1234_5678, BusMaster.Core);
        Assert.Equal(0x1234_5678u, Read(4, 4));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void BitBand_Write_ChangesOneBit(int width)
    {
        _bus.Write(0x2000_0008, 4, 0xFFFF_0000, BusMaster.Core);
        // Byte 9, bit 3: alias 0x22000000 + 9 * 32 + 3 * 4.
        _bus.Write(0x2200_012C, width, 1, BusMaster.Core);
        Assert.Equal(0xFFFF_0800u, Read(0x2000_0008, 4));
        Assert.Equal(1u, Read(0x2200_012C, width));
        _bus.Write(0x2200_012C, width, 0xFE, BusMaster.Core);
        Assert.Equal(0xFFFF_0000u, Read(0x2000_0008, 4));
    }

    [Fact]
    public void MapMemory_OverAnother_NamesBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => _bus.MapMemory(0x2000_0800, new MemoryRegion("second", new byte[16])));
        Assert.Contains("second at 0x20000800 overlaps SRAM at 0x20000000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ToAHandledMemory_DoesNotTouchTheBytes()
    {
        var handler = new RecordingHandler();
        var flash = new MemoryRegion("flash", new byte[16]) { WriteHandler = handler };
        _bus.MapMemory(0x0800_0000, flash);
        Assert.Equal(BusResponse.Error, _bus.Write(0x0800_0002, 2, 0xABCD, BusMaster.Debugger));
        Assert.Equal((2u, 2, 0xABCDu, BusMaster.Debugger), handler.Last);
        Assert.Equal(0u, Read(0x0800_0000, 4));
    }

    private uint Read(uint address, int width)
    {
        Assert.Equal(BusResponse.Okay, _bus.Read(address, width, BusMaster.Core, out var value));
        return value;
    }

    private sealed class RecordingHandler : IMemoryWriteHandler
    {
        public (uint Offset, int Width, uint Value, BusMaster Master) Last { get; private set; }

        public BusResponse Write(uint offset, int width, uint value, BusMaster master)
        {
            Last = (offset, width, value, master);
            return BusResponse.Error;
        }
    }
}
