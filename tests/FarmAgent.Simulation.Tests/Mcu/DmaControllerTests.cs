using System.Text;
using FarmAgent.Hardware.Serial;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class DmaControllerTests : IDisposable
{
    private const uint Status = 0x4002_0000;
    private const uint Clear = 0x4002_0004;
    private const uint Source = 0x2000_0100;
    private const uint Target = 0x2000_0200;

    private readonly ChipBench _dut = new();

    public DmaControllerTests()
    {
        _dut.Write(0x4002_1014, 0x15);
        for (var index = 0u; index < 8; index++)
        {
            _dut.Write(Source + (4 * index), 0x0403_0201 + (index * 0x1010_1010));
        }
    }

    public void Dispose() => _dut.Dispose();

    [Fact]
    public void MemoryToMemory_Words_AreCopiedAndCounted()
    {
        Start(channel: 1, Source, Target, count: 8, control: 0x4AC1);
        _dut.AdvanceMicroseconds(100);
        Assert.Equal((_dut.Read(Source + 28), 0u, 0x7u), (_dut.Read(Target + 28), _dut.Read(Count(1)), _dut.Read(Status)));
    }

    [Fact]
    public void HalfTransfer_IsFlaggedOnTheWay()
    {
        Start(channel: 1, Source, Target, count: 8, control: 0x4AC1);
        _dut.AdvanceMicroseconds(4.2);
        Assert.Equal(0x5u, _dut.Read(Status));
    }

    [Fact]
    public void Clear_OfTheGlobalFlag_ClearsAllOfTheChannel()
    {
        Start(channel: 1, Source, Target, count: 8, control: 0x4AC1);
        _dut.AdvanceMicroseconds(100);
        _dut.Write(Clear, 1);
        Assert.Equal(0u, _dut.Read(Status));
    }

    // RM0008 table 76: a byte of a wider source is its lowest, a narrower source is filled with zeros.
    [Theory]
    [InlineData(0x42C1, 4, 0x3121_1101)]
    [InlineData(0x48C1, 1, 0x0000_0001)]
    public void Sizes_Different_CutOrFill(uint control, uint count, uint expected)
    {
        _dut.Write(Target, 0xFFFF_FFFF);
        Start(channel: 1, Source, Target, count, control);
        _dut.AdvanceMicroseconds(100);
        Assert.Equal(expected, _dut.Read(Target));
    }

    [Fact]
    public void BusError_SwitchesTheChannelOff()
    {
        Start(channel: 1, 0x3000_0000, Target, count: 8, control: 0x4AC1);
        _dut.AdvanceMicroseconds(100);
        Assert.Equal((0x9u, 0u), (_dut.Read(Status), _dut.Read(0x4002_0008) & 1));
    }

    [Fact]
    public void UsartTransmit_SendsTheMemoryInFrames()
    {
        using var port = _dut.Bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default);
        "hello"u8.ToArray().Select((value, index) => (value, index)).ToList().ForEach(item => _dut.Write(Source + (uint)item.index, item.value, 1));
        _dut.Write(0x4002_1018, 0x4005);
        _dut.Write(0x4001_0804, 0x4444_44B4);
        _dut.Write(0x4001_3808, 69);
        _dut.Write(0x4001_380C, 0x2008);
        _dut.Write(0x4001_3814, 0x80);
        Start(channel: 4, 0x4001_3804, Source, count: 5, control: 0x91);
        _dut.Advance(TimeSpan.FromMilliseconds(1));
        Span<byte> text = stackalloc byte[16];
        var count = port.Read(text, TimeSpan.Zero);
        Assert.Equal(("hello", 0x7000u), (Encoding.ASCII.GetString(text[..count]), _dut.Read(Status)));
    }

    [Fact]
    public void Circular_UpdateOfATimer_GoesOnFromTheStart()
    {
        _dut.Write(0x4002_101C, 1);
        _dut.Write(0x4000_002C, 79);
        _dut.Write(0x4000_000C, 0x100);
        Start(channel: 2, 0x2000_0300, Source, count: 3, control: 0xAB1);
        _dut.Write(0x4000_0000, 1);
        _dut.AdvanceMicroseconds(45);
        Assert.Equal((_dut.Read(Source), 2u), (_dut.Read(0x2000_0300), _dut.Read(Count(2))));
    }

    [Fact]
    public void WithoutItsClock_ItHoldsNothing()
    {
        using var dut = new ChipBench();
        dut.Write(0x4002_0014, Target);
        Assert.Equal(0u, dut.Read(0x4002_0014));
    }

    private static uint Count(uint channel) => 0x4002_0008 + (20 * (channel - 1)) + 4;

    private void Start(uint channel, uint peripheral, uint memory, uint count, uint control)
    {
        var registers = 0x4002_0008 + (20 * (channel - 1));
        _dut.Write(registers + 4, count);
        _dut.Write(registers + 8, peripheral);
        _dut.Write(registers + 12, memory);
        _dut.Write(registers, control);
    }
}
