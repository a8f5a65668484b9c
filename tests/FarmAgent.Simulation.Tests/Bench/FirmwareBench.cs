using System.Text;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;

namespace FarmAgent.Simulation.Tests.Bench;

/// <summary>The seed's bench in lockstep with one of our images in its flash, as after a flash and a reset.</summary>
internal sealed class FirmwareBench : IDisposable
{
    private static readonly I2cAddress Expander = new(0x08);
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private readonly ISerialPort _log;
    private readonly StringBuilder _text = new();

    public FirmwareBench(string image, int bootMilliseconds = 60)
    {
        Bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        Backend = Bench.OpenBackend();
        I2c = Backend.OpenI2c("i2c0");
        _log = Backend.OpenSerial("usart1", SerialSettings.Default);
        Bench.Chip.Flash.Preload(File.ReadAllBytes(RepositoryFiles.At($"tests/dut-firmware/bin/{image}.bin")));
        Bench.DriveNet("NRST", FarmAgent.Simulation.Gpio.PinDrive.Low);
        Advance(1);
        Bench.DriveNet("NRST", FarmAgent.Simulation.Gpio.PinDrive.None);
        Advance(bootMilliseconds);
    }

    public VirtualBench Bench { get; }

    public VirtualBackend Backend { get; }

    public II2cBus I2c { get; }

    public void Advance(double milliseconds) => Bench.Advance(TimeSpan.FromMilliseconds(milliseconds), TestContext.Current.CancellationToken);

    public byte ReadRegister(byte register)
    {
        Span<byte> value = stackalloc byte[1];
        Assert.Equal(I2cTransferStatus.Ok, I2c.Transfer(Expander, [register], value, Limit).Status);
        return value[0];
    }

    public void WriteRegister(byte register, byte value) =>
        Assert.Equal(I2cTransferStatus.Ok, I2c.Transfer(Expander, [register, value], [], Limit).Status);

    /// <summary>Maps GPIO 0 of the expander to a pin of port A.</summary>
    public void MapFirstGpio(byte pin, byte config)
    {
        WriteRegister(0x03, 0);
        WriteRegister(0x0B, pin);
        WriteRegister(0x13, config);
        WriteRegister(0x02, 0);
    }

    public string ReadLog()
    {
        Span<byte> buffer = stackalloc byte[256];
        int count;
        while ((count = _log.Read(buffer, TimeSpan.Zero)) > 0)
        {
            _text.Append(Encoding.ASCII.GetString(buffer[..count]));
        }

        return _text.ToString();
    }

    /// <summary>Sends characters to the chip; their time passes when the bench is advanced.</summary>
    public void Send(ReadOnlySpan<byte> text) => _log.Write(text, Limit);

    public void Dispose() => Bench.Dispose();
}
