using FarmAgent.Hardware.Linux.Serial;
using FarmAgent.Hardware.Serial;

namespace FarmAgent.Hardware.Linux.Tests.Serial;

public sealed class LinuxSerialPortTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly PseudoTerminal _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public void Read_EveryByteValue_ArrivesUnchanged()
    {
        using var port = Open();
        var all = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        _line.Send(all);

        var received = new List<byte>();
        var buffer = new byte[64];
        while (received.Count < all.Length && port.Read(buffer, Second) is var count and > 0)
        {
            received.AddRange(buffer[..count]);
        }

        Assert.Equal(all, received);
    }

    [Fact]
    public void Write_EveryByteValue_ArrivesUnchanged()
    {
        using var port = Open();
        var all = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        port.Write(all, Second);

        Assert.Equal(all, _line.Receive(all.Length));
    }

    [Fact]
    public void Read_Nothing_EndsWithTheLimit()
    {
        using var port = Open();

        Assert.Equal(0, port.Read(new byte[8], TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void Read_HungUp_SaysLost()
    {
        using var port = Open();
        _line.Dispose();

        var lost = Assert.Throws<HardwareException>(() => port.Read(new byte[8], Second));

        Assert.Equal("SERIAL_LOST", lost.Reason);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(115200)]
    [InlineData(250000)]
    [InlineData(1843200)]
    public void Open_AnyRate_IsTaken(int rate)
    {
        using var port = Open(new SerialSettings(rate, 7, SerialParity.Even, 2));

        port.Write([0x55], Second);

        Assert.Equal([0x55], _line.Receive(1));
    }

    [Fact]
    public void Open_Held_NamesTheHolder()
    {
        using var port = Open();

        var busy = Assert.Throws<HardwareException>(() => Open());

        Assert.Equal("SERIAL_BUSY", busy.Reason);
        Assert.Contains($"process {Environment.ProcessId}", busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AfterDispose_IsFree()
    {
        Open().Dispose();

        using var again = Open();

        Assert.Equal(_line.Path, again.Name);
    }

    [Theory]
    [InlineData("/dev/ttyNOTHERE7", "There is no /dev/ttyNOTHERE7")]
    [InlineData("/dev/null", "is no serial port")]
    public void Open_NoPort_SaysWhatToDo(string device, string text)
    {
        var refused = Assert.Throws<HardwareException>(() => LinuxSerialPort.Open(device, SerialSettings.Default));

        Assert.Equal("SERIAL_LOST", refused.Reason);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    private LinuxSerialPort Open(SerialSettings? settings = null) => LinuxSerialPort.Open(_line.Path, settings ?? SerialSettings.Default);
}
