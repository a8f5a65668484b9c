using System.Diagnostics;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Bench;

public sealed class VirtualUsbPipeTests
{
    /// <summary>Else the next transfer would have to wait for all that such reads left owing.</summary>
    [Fact]
    public void Read_NothingToSayInRealtime_TakesItsTimeAtOnce()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Realtime);
        using var backend = bench.OpenBackend();
        using var pipe = backend.Usb.Open(Assert.Single(backend.Usb.List()), 0);
        var wall = Stopwatch.StartNew();

        for (var read = 0; read < 20; read++)
        {
            Assert.Equal(UsbError.Timeout, Assert.Throws<UsbException>(() => pipe.Read(0x81, new byte[64], TimeSpan.FromMilliseconds(10))).Error);
        }

        Assert.True(wall.Elapsed >= TimeSpan.FromMilliseconds(180), $"20 reads of 10 ms each took {wall.Elapsed}.");
    }
}
