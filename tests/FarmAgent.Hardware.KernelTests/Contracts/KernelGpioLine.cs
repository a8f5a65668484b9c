using FarmAgent.Hardware.Contracts.Gpio;
using FarmAgent.Hardware.Linux;

namespace FarmAgent.Hardware.KernelTests.Contracts;

/// <summary>A line of the kernel's GPIO character device.</summary>
public sealed class KernelGpioLine : GpioLineContract
{
    private readonly LinuxBackend _backend = new("contract tests");

    protected override IHardwareBackend Backend => _backend;

    protected override string Line => SimulatedLine.Name;

    protected override void Pull(bool high) => SimulatedLine.Pull(high);

    protected override bool Wire() => SimulatedLine.Level;

    protected override void Release()
    {
        // Its one resistor is set from outside and by the line's bias: whoever was last.
    }

    protected override void Dispose(bool disposing) => _backend.Dispose();
}
