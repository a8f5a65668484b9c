using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Dap;

namespace FarmAgent.Simulation.Tests.Dap;

public sealed class SimulatedDapTests
{
    private const uint Ram = 0x2000_0000;
    private const uint WordIncrement = 0x2300_0012;
    private readonly SystemBus _bus = new();
    private readonly MemoryRegion _ram = new("SRAM", [.. Enumerable.Range(0, 0x2000).Select(i => (byte)i)]);
    private readonly Pins _pins = new();
    private readonly SimulatedDap _dap;

    public SimulatedDapTests()
    {
        _bus.MapMemory(Ram, _ram);
        _dap = new SimulatedDap(_bus, _pins);
        _dap.SelectSwd();
        _dap.WriteDebugPort(4, 0x5000_0000);
    }

    [Fact]
    public void ReadOfAnAccessPort_IsPosted()
    {
        Setup(WordIncrement, Ram);
        _dap.ReadAccessPort(12, out _);
        _dap.ReadAccessPort(12, out var first);
        _dap.ReadDebugPort(12, out var second);
        Assert.Equal(0x0302_0100u, first);
        Assert.Equal(0x0706_0504u, second);
    }

    [Fact]
    public void Increment_WrapsWithinFourKibibytes()
    {
        Setup(WordIncrement, Ram + 0x1FFC);
        _dap.ReadAccessPort(12, out _);
        Assert.Equal(Ram + 0x1000, ReadRegister(4));
    }

    [Theory]
    [InlineData(0x2300_0010u, 1u)]
    [InlineData(0x2300_0011u, 2u)]
    [InlineData(0x2300_0012u, 4u)]
    [InlineData(0x2300_0020u, 4u)]
    [InlineData(0x2300_0002u, 0u)]
    public void Increment_FollowsTheSize(uint control, uint step)
    {
        Setup(control, Ram);
        _dap.ReadAccessPort(12, out _);
        Assert.Equal(Ram + step, ReadRegister(4));
    }

    [Fact]
    public void ByteWrite_TakesTheLaneOfItsAddress()
    {
        Setup(0x2300_0000, Ram + 2);
        Assert.Equal(DapAck.Okay, _dap.WriteAccessPort(12, 0x44AA_2211));
        Assert.Equal([0, 1, 0xAA, 3], _ram.Bytes[..4]);
    }

    [Fact]
    public void BankedData_ReachesFourWords()
    {
        Setup(WordIncrement, Ram + 0x104);
        _dap.WriteDebugPort(8, 0x10);
        _dap.WriteAccessPort(8, 0x1234_5678);
        Assert.Equal([0x78, 0x56, 0x34, 0x12], _ram.Bytes[0x108..0x10C]);
    }

    [Fact]
    public void BusError_SetsTheStickyFlag_AndStopsWhatFollows()
    {
        Setup(WordIncrement, 0x6000_0000);
        Assert.Equal(DapAck.Okay, _dap.ReadAccessPort(12, out _));
        Assert.Equal(DapAck.Fault, _dap.ReadDebugPort(12, out _));
        Assert.Equal(DapAck.Fault, _dap.ReadAccessPort(4, out _));
        Assert.Equal(DapAck.Okay, _dap.ReadDebugPort(4, out var status));
        Assert.Equal(0xF000_0020u, status);
        _dap.WriteDebugPort(0, 4);
        Assert.Equal(DapAck.Okay, _dap.ReadAccessPort(4, out _));
    }

    [Fact]
    public void BusError_LeavesTheAddress()
    {
        Setup(WordIncrement, Ram + 0xFFC);
        _dap.WriteAccessPort(4, 0x6000_0000);
        _dap.WriteAccessPort(12, 0);
        _dap.WriteDebugPort(0, 0x1E);
        Assert.Equal(0x6000_0000u, ReadRegister(4));
    }

    [Fact]
    public void AccessPort_WithoutPower_Faults()
    {
        _dap.WriteDebugPort(4, 0);
        Assert.Equal(DapAck.Fault, _dap.ReadAccessPort(12, out _));
    }

    [Fact]
    public void OtherAccessPort_ReadsZero()
    {
        _dap.WriteDebugPort(8, 0x0100_00F0);
        _dap.ReadAccessPort(12, out _);
        _dap.ReadDebugPort(12, out var identity);
        Assert.Equal(0u, identity);
    }

    [Fact]
    public void Disconnected_NothingAnswers_UntilTheNextLineSequence()
    {
        _pins.SwdConnected = false;
        Assert.Equal(DapAck.Nothing, _dap.ReadDebugPort(0, out _));
        _pins.SwdConnected = true;
        Assert.Equal(DapAck.Nothing, _dap.ReadDebugPort(0, out _));
        _dap.SelectSwd();
        Assert.Equal(DapAck.Okay, _dap.ReadDebugPort(0, out var identity));
        Assert.Equal(0x1BA0_1477u, identity);
    }

    [Fact]
    public void PowerOnReset_DropsThePowerRequests()
    {
        _dap.PowerOnReset();
        _dap.SelectSwd();
        _dap.ReadDebugPort(4, out var status);
        Assert.Equal(0u, status);
    }

    [Fact]
    public void Wait_DoesNotMoveTheAddress()
    {
        Setup(WordIncrement, Ram);
        _dap.WaitsToAnswer = 1;
        Assert.Equal(DapAck.Wait, _dap.ReadAccessPort(12, out _));
        Assert.Equal(Ram, ReadRegister(4));
    }

    private void Setup(uint control, uint address)
    {
        _dap.WriteDebugPort(8, 0);
        _dap.WriteAccessPort(0, control);
        _dap.WriteAccessPort(4, address);
    }

    private uint ReadRegister(uint register)
    {
        _dap.ReadAccessPort(register, out _);
        _dap.ReadDebugPort(12, out var value);
        return value;
    }

    private sealed class Pins : ITargetPins
    {
        public double SupplyVolts => 3.3;

        public bool NrstHigh => true;

        public bool SwdConnected { get; set; } = true;

        public void DriveNrst(bool low)
        {
            // The port does not touch NRST.
        }
    }
}
