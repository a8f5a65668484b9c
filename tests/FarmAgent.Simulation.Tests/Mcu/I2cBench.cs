using FarmAgent.Simulation.I2c;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>I2C1 set up as a driver does; the test then is the firmware between the steps of a transfer.</summary>
internal sealed class I2cBench : IDisposable
{
    public const uint I2c = 0x4000_5400;
    public const int Width = 2;
    public const uint BusyAddr = 0x0002_0002;
    public const uint BusyRxne = 0x0002_0040;
    public const uint BusyRxneBtf = 0x0002_0044;
    public const uint ReadAddr = 0x0006_0082;
    public const uint ReadLoaded = 0x0006_0080;
    public const uint ReadBtf = 0x0006_0084;
    public const uint Stopf = 0x0000_0010;

    public I2cBench(uint control1 = 0x0401, uint control2 = 0x0712)
    {
        Chip.Write(0x4002_1018, 0x0000_000D);
        Chip.Write(0x4002_101C, 0x0020_0000);
        Chip.Write(0x4001_0C00, 0xFF44_4444);
        Register(0x04, control2);
        Register(0x08, 0x4010);
        Register(0x00, control1);
    }

    public ChipBench Chip { get; } = new();

    public I2cController Controller => Chip.Bench.I2cBuses[0].Controller;

    /// <summary>SR1 | SR2 &lt;&lt; 16 without the side effects of a read.</summary>
    public uint Flags => Peek(0x14) | (Peek(0x18) << 16);

    public bool SclHigh => Chip.Bench.GetNet("SCL").Level;

    public void Register(uint offset, uint value) => Chip.Write(I2c + offset, value, Width);

    public uint Register(uint offset) => Chip.Read(I2c + offset, Width);

    /// <summary>Reads SR1, then SR2: what drivers do.</summary>
    public uint ReadFlags() => Register(0x14) | (Register(0x18) << 16);

    public I2cTransaction Begin(byte[] write, int read = 0, byte address = 0x08)
    {
        var transaction = new I2cTransaction(address, write, read);
        lock (Chip.Bench.Clock.Gate)
        {
            Controller.Begin(transaction);
        }

        return transaction;
    }

    /// <summary>Lets the time of so many bits at 100 kHz pass.</summary>
    public void Bits(double bits) => Chip.AdvanceMicroseconds(bits * 10);

    /// <summary>START and address byte have passed, with a little time after them.</summary>
    public void AddressPasses() => Bits(10.2);

    public void Dispose() => Chip.Dispose();

    private uint Peek(uint offset) => Chip.Chip.I2c1.Peek(offset);
}
