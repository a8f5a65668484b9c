using FarmAgent.Hardware.Contracts.Gpio;
using FarmAgent.Hardware.Linux;

namespace FarmAgent.Hardware.KernelTests.Contracts;

/// <summary>Edges of a line of the kernel's GPIO character device.</summary>
public sealed class KernelGpioEdges : GpioEdgeContract
{
    private readonly LinuxBackend _backend = new("contract tests");

    protected override IHardwareBackend Backend => _backend;

    protected override string Line => SimulatedLine.Name;

    protected override void Pull(bool high) => SimulatedLine.Pull(high);

    protected override void Dispose(bool disposing) => _backend.Dispose();
}
