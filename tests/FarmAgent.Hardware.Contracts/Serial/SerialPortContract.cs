using FarmAgent.Hardware.Serial;

namespace FarmAgent.Hardware.Contracts.Serial;

/// <summary>What an <see cref="ISerialPort"/> owes.</summary>
public abstract class SerialPortContract : HardwareContract
{
    private static readonly byte[] EveryByte = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    /// <summary>A port whose other end is reached from outside.</summary>
    protected abstract string Port { get; }

    /// <summary>Sends from the other end.</summary>
    protected abstract void Send(byte[] data);

    /// <summary>Takes at the other end.</summary>
    protected abstract byte[] Receive(int count);

    /// <summary>Takes the port away.</summary>
    protected abstract void HangUp();

    [Fact]
    public void Open_Unknown_IsNamed()
    {
        var lost = Fails<HardwareException>("SERIAL_LOST", () => Backend.OpenSerial("/dev/ttyNOTHERE7", SerialSettings.Default));
        Assert.Contains("/dev/ttyNOTHERE7", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Held_IsBusy()
    {
        using var port = Open();
        Fails<HardwareException>("SERIAL_BUSY", () => Open());
    }

    [Fact]
    public void Open_AfterDispose_IsFree()
    {
        Open().Dispose();
        using var again = Open();
        Assert.Equal(Port, again.Name);
    }

    [Fact]
    public void Read_EveryByteValue_ArrivesUnchanged()
    {
        using var port = Open();
        Send(EveryByte);
        var received = new List<byte>();
        var buffer = new byte[100];
        while (received.Count < EveryByte.Length && port.Read(buffer, Long) is var count and > 0)
        {
            received.AddRange(buffer[..count]);
        }

        Assert.Equal(EveryByte, received);
    }

    [Fact]
    public void Write_EveryByteValue_ArrivesUnchanged()
    {
        using var port = Open();
        port.Write(EveryByte, Long);
        Assert.Equal(EveryByte, Receive(EveryByte.Length));
    }

    [Fact]
    public void Read_SmallBuffer_LeavesTheRest()
    {
        using var port = Open();
        Send([1, 2, 3]);
        var buffer = new byte[1];
        var received = Enumerable.Range(0, 3).Select(_ => port.Read(buffer, Long) == 1 ? buffer[0] : -1).ToList();
        Assert.Equal([1, 2, 3], received);
    }

    [Fact]
    public void Read_Nothing_EndsWithTheLimit()
    {
        using var port = Open();
        Assert.Equal(0, port.Read(new byte[8], Short));
    }

    [Fact]
    public void Write_MoreThanIsTaken_EndsWithTheLimit()
    {
        using var port = Open();
        var stuck = Fails<HardwareException>("SERIAL_TIMEOUT", () => port.Write(new byte[1_000_000], Short));
        Assert.Contains("1000000", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HungUp_SaysLost()
    {
        using var port = Open();
        HangUp();
        Fails<HardwareException>("SERIAL_LOST", () => port.Read(new byte[8], Long));
    }

    [Fact]
    public void Write_HungUp_SaysLost()
    {
        using var port = Open();
        HangUp();
        Fails<HardwareException>("SERIAL_LOST", () => port.Write([1], Long));
    }

    [Fact]
    public async Task Read_HungUpMeanwhile_EndsBeforeItsLimit()
    {
        using var port = Open();
        var reading = Task.Run(() => Fails<HardwareException>("SERIAL_LOST", () => port.Read(new byte[8], TimeSpan.FromMinutes(5))), TestContext.Current.CancellationToken);
        HangUp();
        await reading.WaitAsync(Long, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(300, 8, SerialParity.None, 1)]
    [InlineData(250_000, 8, SerialParity.Even, 2)]
    [InlineData(1_843_200, 7, SerialParity.Odd, 1)]
    public void Open_Settings_AreTaken(int rate, int bits, SerialParity parity, int stop)
    {
        using var port = Backend.OpenSerial(Port, new SerialSettings(rate, bits, parity, stop));
        port.Write([0x55], Long);
        Assert.Equal(Port, port.Name);
    }

    [Fact]
    public void Dispose_Twice_IsNoFault()
    {
        var port = Open();
        port.Dispose();
        port.Dispose();
        Assert.Throws<ObjectDisposedException>(() => port.Read(new byte[1], Short));
        Assert.Throws<ObjectDisposedException>(() => port.Write([1], Short));
    }

    private ISerialPort Open() => Backend.OpenSerial(Port, SerialSettings.Default);
}
