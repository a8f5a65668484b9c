using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Mcu;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>The seed's bench in lockstep with a blank chip, whose registers a test writes as firmware or as a debugger would.</summary>
internal sealed class ChipBench : IDisposable
{
    public VirtualBench Bench { get; } = VirtualBench.Seed(BenchClockMode.Lockstep);

    public Stm32F103 Chip => Bench.Chip;

    public uint Read(uint address, int width = 4, BusMaster master = BusMaster.Debugger)
    {
        Assert.Equal(BusResponse.Okay, Chip.Bus.Read(address, width, master, out var value));
        return value;
    }

    public void Write(uint address, uint value, int width = 4) => Assert.Equal(BusResponse.Okay, TryWrite(address, value, width));

    public BusResponse TryRead(uint address, int width = 4) => Chip.Bus.Read(address, width, BusMaster.Debugger, out _);

    public BusResponse TryWrite(uint address, uint value, int width = 4) => Chip.Bus.Write(address, width, value, BusMaster.Debugger);

    public void Advance(TimeSpan duration) => Bench.Advance(duration, TestContext.Current.CancellationToken);

    public void AdvanceMicroseconds(double microseconds) => Advance(TimeSpan.FromMicroseconds(microseconds));

    public void PulseReset(Action? meanwhile = null)
    {
        Bench.DriveNet("NRST", PinDrive.Low);
        meanwhile?.Invoke();
        Bench.DriveNet("NRST", PinDrive.None);
    }

    public void Dispose() => Bench.Dispose();
}
