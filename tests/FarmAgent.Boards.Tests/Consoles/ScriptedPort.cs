using System.Collections.Concurrent;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Serial;
using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.Boards.Tests.Consoles;

/// <summary>A bench with one serial port that a test feeds, hangs up and plugs in again.</summary>
internal sealed class ScriptedPort : IHardwareBackend
{
    private BlockingCollection<byte[]> _bytes = [];

    public ConcurrentQueue<byte[]> Sent { get; } = [];

    public bool IsUnplugged { get; set; }

    public string Name => "scripted";

    public bool IsVirtual => true;

    public IUsbEnumerator Usb => throw new NotSupportedException();

    public IWaiter Waiter => throw new NotSupportedException();

    public II2cBus OpenI2c(string device) => throw new NotSupportedException();

    public IGpioLine OpenGpio(string line) => throw new NotSupportedException();

    public ISerialPort OpenSerial(string device, SerialSettings settings) => IsUnplugged
        ? throw new HardwareException("SERIAL_LOST", $"{device} is not there. Plug it in.")
        : new Port(this, _bytes);

    public IUsbPortPower OpenUsbPortPower(string portPath) => throw new NotSupportedException();

    public void Receive(string text) => _bytes.Add(System.Text.Encoding.ASCII.GetBytes(text));

    public void Unplug()
    {
        IsUnplugged = true;
        _bytes.CompleteAdding();
        _bytes = [];
    }

    public void Dispose()
    {
    }

    private sealed class Port(ScriptedPort bench, BlockingCollection<byte[]> bytes) : ISerialPort
    {
        public string Name => "console";

        public int Read(Span<byte> buffer, TimeSpan timeout)
        {
            if (bytes.TryTake(out var piece, timeout))
            {
                piece.CopyTo(buffer);
                return piece.Length;
            }

            return bytes.IsCompleted ? throw new HardwareException("SERIAL_LOST", "hung up. Plug it in.") : 0;
        }

        public void Write(ReadOnlySpan<byte> data, TimeSpan timeout) => bench.Sent.Enqueue(data.ToArray());

        public void Dispose()
        {
        }
    }
}
