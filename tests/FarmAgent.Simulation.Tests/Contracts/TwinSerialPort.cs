using FarmAgent.Hardware;
using FarmAgent.Hardware.Contracts.Serial;
using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Serial;
using FarmAgent.Simulation.Time;
using FarmAgent.Simulation.Tracing;

namespace FarmAgent.Simulation.Tests.Contracts;

/// <summary>The twin's serial port; its other end is the chip's end of the wires.</summary>
public sealed class TwinSerialPort : SerialPortContract
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    public TwinSerialPort() => _bench.Trace.Start();

    protected override IHardwareBackend Backend => _bench.OpenBackend();

    protected override string Port => "usart1";

    protected override void Send(byte[] data)
    {
        lock (_bench.Clock.Gate)
        {
            foreach (var value in data)
            {
                _bench.Uarts[0].Uart.Receive(SerialFrame.Encode(value, SerialSettings.Default));
            }
        }
    }

    protected override byte[] Receive(int count)
    {
        _bench.Advance(TimeSpan.FromSeconds(1), CancellationToken.None);
        var frames = _bench.Trace.List().Where(r => r.Channel == TraceChannel.Serial && r.Source == "UART_RX").ToList();
        Assert.Equal(count, frames.Count);
        return [.. frames.Select(f => (byte)(Convert.ToInt32(f.Outcome, 16) >> 1))];
    }

    protected override void HangUp() => _bench.Dispose();

    protected override void Dispose(bool disposing) => _bench.Dispose();
}
