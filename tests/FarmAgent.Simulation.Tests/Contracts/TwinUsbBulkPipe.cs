using FarmAgent.Hardware;
using FarmAgent.Hardware.Contracts.Usb;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Contracts;

/// <summary>The twin's ST-LINK.</summary>
public sealed class TwinUsbBulkPipe : UsbBulkPipeContract
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);

    protected override IHardwareBackend Backend => _bench.OpenBackend();

    protected override string Serial => _bench.Description.Probe.Serial;

    protected override void Unplug() => _bench.Faults.UnplugProbe();

    protected override void Plug() => _bench.Faults.ReplugProbe();

    protected override void Dispose(bool disposing) => _bench.Dispose();
}
