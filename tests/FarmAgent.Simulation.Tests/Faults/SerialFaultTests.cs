using FarmAgent.Hardware.Serial;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class SerialFaultTests : IDisposable
{
    private const uint Usart = 0x4001_3800;
    private const uint Rxne = 0x20;
    private const uint Ore = 0x08;
    private const uint Ne = 0x04;
    private const uint Fe = 0x02;

    private readonly FaultBench _bench = new();
    private readonly ISerialPort _port;

    public SerialFaultTests()
    {
        // GPIOA and USART1 clocks, PA9 alternate push-pull, PA10 input, 115200 baud at 8 MHz.
        Write(0x4002_1018, 0x4004);
        Write(0x4001_0804, 0x4444_44B4);
        Write(Usart + 8, 69);
        Write(Usart + 0xC, 0x200C);
        _port = _bench.Bench.OpenBackend().OpenSerial("usart1", SerialSettings.Default);
    }

    [Fact]
    public void Noise_OnTheChipsLine_SetsTheNoiseFlagAndKeepsTheByte()
    {
        _bench.Make("kind: uart-noise, net: UART_RX");
        Send("A");
        Assert.Equal((Rxne | Ne, 'A'), (Read(Usart) & 0x2F, (char)Read(Usart + 4)));
    }

    [Fact]
    public void Noise_OnTheStopBit_IsAFramingErrorToo()
    {
        _bench.Make("kind: uart-noise, net: UART_RX, bits: 0x200");
        Send("A");
        Assert.Equal(Rxne | Ne | Fe, Read(Usart) & 0x2F);
    }

    [Fact]
    public void Noise_OnADataBit_ChangesTheByte()
    {
        _bench.Make("kind: uart-noise, net: UART_RX, bits: 0x002");
        Send("A");
        Assert.Equal('@', (char)Read(Usart + 4));
    }

    [Fact]
    public void Noise_OnTheHostsLine_ChangesWhatTheHostReads()
    {
        _bench.Make("kind: uart-noise, net: UART_TX, bits: 0x002, at: 2");
        Write(Usart + 4, 'A');
        _bench.Advance(1);
        Write(Usart + 4, 'A');
        _bench.Advance(1);
        var read = new byte[4];
        Assert.Equal((2, (byte)'A', (byte)'@'), (_port.Read(read, TimeSpan.Zero), read[0], read[1]));
    }

    [Fact]
    public void Overrun_OfTheChip_SetsItsFlagAndLosesTheByte()
    {
        _bench.Make("kind: uart-overrun, net: UART_RX, at: 2");
        Send("A");
        Read(Usart + 4);
        Send("B");
        Assert.Equal((Ore, 'A'), (Read(Usart) & 0x2F, (char)Read(Usart + 4)));
    }

    [Fact]
    public void Overrun_OfTheHost_LosesTheByte()
    {
        _bench.Make("kind: uart-overrun, net: UART_TX");
        Write(Usart + 4, 'A');
        _bench.Advance(1);
        Write(Usart + 4, 'B');
        _bench.Advance(1);
        var read = new byte[4];
        Assert.Equal((1, (byte)'B'), (_port.Read(read, TimeSpan.Zero), read[0]));
    }

    [Fact]
    public void Fault_OfOneLine_LeavesTheOtherAlone()
    {
        _bench.Make("kind: uart-overrun, net: UART_TX");
        Send("A");
        Assert.Equal((Rxne, 1), (Read(Usart) & 0x2F, _bench.Bench.Faults.List().Count));
    }

    public void Dispose()
    {
        _port.Dispose();
        _bench.Dispose();
    }

    private void Send(string text)
    {
        _port.Write(System.Text.Encoding.ASCII.GetBytes(text), TimeSpan.FromMilliseconds(100));
        _bench.Advance(1);
    }

    private void Write(uint address, uint value) => _bench.Bench.Chip.Bus.Write(address, 4, value, Simulation.Bus.BusMaster.Debugger);

    private uint Read(uint address)
    {
        _bench.Bench.Chip.Bus.Read(address, 4, Simulation.Bus.BusMaster.Debugger, out var value);
        return value;
    }
}
