namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class I2cInterruptTests
{
    private const uint EventPendingRegister = 0xE000_E200;
    private const uint EventBit = 1u << 31;
    private const uint ErrorPendingRegister = 0xE000_E204;

    [Fact]
    public void Event_AddrWithItevten_PendsTheEventInterrupt()
    {
        using var dut = new I2cBench();
        dut.Begin([1]);
        dut.AddressPasses();
        Assert.Equal(EventBit, dut.Chip.Read(EventPendingRegister) & EventBit);
    }

    [Fact]
    public void Event_WithoutItevten_PendsNothing()
    {
        using var dut = new I2cBench(control2: 0x0012);
        dut.Begin([1]);
        dut.AddressPasses();
        Assert.Equal(0u, dut.Chip.Read(EventPendingRegister) & EventBit);
    }

    [Fact]
    public void Rxne_WithoutItbufen_PendsNothing()
    {
        using var dut = new I2cBench(control2: 0x0012);
        dut.Begin([1, 2]);
        dut.AddressPasses();
        dut.ReadFlags();
        dut.Register(0x04, 0x0212);
        dut.Bits(9.2);
        Assert.Equal(0u, dut.Chip.Read(EventPendingRegister) & EventBit);
    }

    [Fact]
    public void Nack_WithIterren_PendsTheErrorInterrupt()
    {
        using var dut = new I2cBench();
        dut.Begin([], read: 1);
        dut.AddressPasses();
        dut.ReadFlags();
        dut.Register(0x10, 0xBE);
        dut.Bits(9.2);
        Assert.Equal(1u, dut.Chip.Read(ErrorPendingRegister) & 1);
    }
}
