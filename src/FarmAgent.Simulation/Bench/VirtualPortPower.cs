using FarmAgent.Hardware.Usb;

namespace FarmAgent.Simulation.Bench;

/// <summary>Supply of the bench's one USB port.</summary>
internal sealed class VirtualPortPower(VirtualBench bench) : IUsbPortPower
{
    /// <inheritdoc/>
    public string PortPath => bench.Description.Probe.PortPath;

    /// <inheritdoc/>
    public bool IsOn
    {
        get
        {
            lock (bench.Clock.Gate)
            {
                return bench.IsUsbPortOn;
            }
        }
    }

    /// <inheritdoc/>
    public void Switch(bool on)
    {
        lock (bench.Clock.Gate)
        {
            bench.Clock.CatchUp();
            bench.SwitchUsbPort(on);
        }
    }
}
