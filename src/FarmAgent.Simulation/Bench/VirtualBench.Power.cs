using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Bench;

/// <summary>What switches the supplies of the bench: a relay at a net, the USB port of the probe. All called under the bench's lock.</summary>
public sealed partial class VirtualBench
{
    private WireEndpoint? _relay;

    /// <summary>False while the host has switched the probe's USB port off.</summary>
    internal bool IsUsbPortOn { get; private set; } = true;

    /// <summary>False while the relay is open, or the USB port is off that feeds the chip through the probe.</summary>
    internal bool IsChipFed => (_relay is null || _relay.Level == Description.Target.RelayClosesHigh)
        && (IsUsbPortOn || !Description.Target.IsFedByProbe);

    /// <summary>Switches the probe's USB port.</summary>
    internal void SwitchUsbPort(bool on)
    {
        if (on != IsUsbPortOn)
        {
            IsUsbPortOn = on;
            Faults.UpdateSupplies();
        }
    }

    private void ComposeRelay()
    {
        if (Description.Target.Relay is { } net)
        {
            _relay = NetOf(net, "the relay of the target").Add("board:relay");

            // The chip must not lose its supply in the middle of what drives the net: the relay falls as the next event.
            _relay.LevelChanged = _ => Clock.Schedule(Clock.Now, Faults.UpdateSupplies);
        }
    }
}
