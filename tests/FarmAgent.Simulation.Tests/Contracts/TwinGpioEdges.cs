using FarmAgent.Hardware;
using FarmAgent.Hardware.Contracts.Gpio;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Contracts;

/// <summary>Edges of the twin's line PG11.</summary>
public sealed class TwinGpioEdges : GpioEdgeContract
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    protected override IHardwareBackend Backend => _bench.OpenBackend();

    protected override string Line => "PG11";

    protected override void Pull(bool high) => _bench.DriveNet("PA0", high ? PinDrive.PullUp : PinDrive.PullDown);

    protected override void Dispose(bool disposing) => _bench.Dispose();
}
