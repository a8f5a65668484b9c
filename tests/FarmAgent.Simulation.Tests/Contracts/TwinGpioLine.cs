using FarmAgent.Hardware;
using FarmAgent.Hardware.Contracts.Gpio;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Contracts;

/// <summary>The twin's line PG11, on the net of a pin that no firmware drives.</summary>
public sealed class TwinGpioLine : GpioLineContract
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    protected override IHardwareBackend Backend => _bench.OpenBackend();

    protected override string Line => "PG11";

    protected override void Pull(bool high) => _bench.DriveNet("PA0", high ? PinDrive.PullUp : PinDrive.PullDown);

    protected override bool Wire() => _bench.GetNet("PA0").Level;

    protected override void Release() => _bench.DriveNet("PA0", PinDrive.None);

    protected override void Dispose(bool disposing) => _bench.Dispose();
}
