using System.Text;
using FarmAgent.Hardware.Serial;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class Stm32F1UsartTests
{
    private const uint Usart = 0x4001_3800;
    private const uint Sr = Usart;
    private const uint Dr = Usart + 4;
    private const uint Txe = 0x80;
    private const uint Tc = 0x40;
    private const uint Rxne = 0x20;
    private const uint Idle = 0x10;
    private const uint Ore = 0x08;

    // 8 MHz / 69 = 115942 baud: a frame of 10 bits takes 86.25 us.
    private const double FrameMicroseconds = 86.25;

    [Fact]
    public void Transmit_OneByte_IsCompleteAfterItsFrame()
    {
        using var dut = Configured();
        dut.Read(Sr);
        dut.Write(Dr, 'A');
        var during = dut.Read(Sr);
        dut.AdvanceMicroseconds(FrameMicroseconds + 1);
        Assert.Equal((Txe, Txe | Tc), (during, dut.Read(Sr)));
    }

    [Fact]
    public void Transmit_SecondByte_WaitsInDr()
    {
        using var dut = Configured();
        dut.Read(Sr);
        dut.Write(Dr, 'A');
        dut.Write(Dr, 'B');
        Assert.Equal(0u, dut.Read(Sr));
    }

    [Fact]
    public void Transmit_ToTheHost_ArrivesAfterItsFrame()
    {
        using var dut = Configured();
        using var port = dut.Bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default);
        var buffer = new byte[4];
        dut.Write(Dr, 'A');
        var early = port.Read(buffer, TimeSpan.Zero);
        dut.AdvanceMicroseconds(FrameMicroseconds + 1);
        Assert.Equal((0, 1, (byte)'A'), (early, port.Read(buffer, TimeSpan.Zero), buffer[0]));
    }

    [Fact]
    public void Transmit_WithPa9AsPlainOutput_DoesNotReachTheHost()
    {
        using var dut = Configured();
        using var port = dut.Bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default);
        dut.Write(0x4001_0804, 0x4444_4444);
        dut.Write(Dr, 'A');
        dut.AdvanceMicroseconds(2 * FrameMicroseconds);
        Assert.Equal(0, port.Read(new byte[4], TimeSpan.Zero));
    }

    [Fact]
    public void Transmit_OverACutWire_DoesNotReachTheHost()
    {
        using var dut = Configured();
        using var port = dut.Bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default);
        dut.Bench.Faults.CutWire("UART_TX");
        dut.Write(Dr, 'A');
        dut.AdvanceMicroseconds(2 * FrameMicroseconds);
        Assert.Equal(0, port.Read(new byte[4], TimeSpan.Zero));
    }

    [Fact]
    public void Transmit_ToAHostAtAnotherBaudRate_ArrivesGarbled()
    {
        using var dut = Configured();
        using var port = dut.Bench.OpenBackend().OpenSerial("usart1", new SerialSettings(57_600));
        var buffer = new byte[4];
        dut.Write(Dr, 'A');
        dut.AdvanceMicroseconds(2 * FrameMicroseconds);
        port.Read(buffer, TimeSpan.Zero);
        Assert.NotEqual((byte)'A', buffer[0]);
    }

    [Fact]
    public void Receive_OneByte_SetsRxneAndThenIdle()
    {
        using var dut = Configured();
        HostSends(dut, "A");
        dut.AdvanceMicroseconds(FrameMicroseconds + 1);
        var arrived = dut.Read(Sr) & (Rxne | Idle);
        var value = dut.Read(Dr);
        dut.AdvanceMicroseconds(3 * FrameMicroseconds);
        Assert.Equal((Rxne, (uint)'A', Idle), (arrived, value, dut.Read(Sr) & (Rxne | Idle)));
    }

    [Fact]
    public void Receive_SecondByteUnread_IsAnOverrunAndKeepsTheFirst()
    {
        using var dut = Configured();
        HostSends(dut, "AB");
        dut.AdvanceMicroseconds(2.2 * FrameMicroseconds);
        Assert.Equal((Rxne | Ore, (uint)'A'), (dut.Read(Sr) & (Rxne | Ore), dut.Read(Dr)));
    }

    [Fact]
    public void Receive_ReadOfSrThenDr_ClearsTheOverrun()
    {
        using var dut = Configured();
        HostSends(dut, "AB");
        dut.AdvanceMicroseconds(2.2 * FrameMicroseconds);
        dut.Read(Sr);
        dut.Read(Dr);
        Assert.Equal(0u, dut.Read(Sr) & (Rxne | Ore));
    }

    [Fact]
    public void Interrupt_RxneWithRxneie_IsPended()
    {
        using var dut = Configured();
        dut.Write(Usart + 0x0C, 0x202C);
        HostSends(dut, "A");
        dut.AdvanceMicroseconds(FrameMicroseconds + 1);
        Assert.Equal(1u << 5, dut.Read(0xE000_E204) & (1u << 5));
    }

    private static void HostSends(ChipBench dut, string text)
    {
        using var port = dut.Bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default);
        port.Write(Encoding.ASCII.GetBytes(text), TimeSpan.FromSeconds(1));
    }

    private static ChipBench Configured()
    {
        var dut = new ChipBench();
        dut.Write(0x4002_1018, 0x0000_4005);
        dut.Write(0x4001_0804, 0x4444_44B4);
        dut.Write(Usart + 0x08, 69);
        dut.Write(Usart + 0x0C, 0x200C);
        return dut;
    }
}
