using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.StLink;
using FarmAgent.Simulation.Time;
using FarmAgent.Simulation.Tracing;

namespace FarmAgent.Simulation.Bench;

/// <summary>The USB socket of the bench with the simulated probe in it, or not.</summary>
internal sealed class VirtualUsbPort(SimulatedStLink probe, BenchClock clock, UsbFaults faults, BenchTrace trace) : IUsbEnumerator
{
    // The pipe belongs to whoever opened it; the port only has to tell it that the probe is gone.
    private Action? _disconnectPipe;

    /// <summary>True while the probe is in.</summary>
    public bool IsPlugged
    {
        get
        {
            lock (clock.Gate)
            {
                return probe.Connected;
            }
        }
    }

    /// <summary>Puts the probe in; it starts afresh.</summary>
    public void Plug()
    {
        lock (clock.Gate)
        {
            faults.Forget();
            probe.Connected = true;
        }
    }

    /// <summary>Pulls the probe out: pipes that are open are dead from now on.</summary>
    public void Unplug()
    {
        lock (clock.Gate)
        {
            _disconnectPipe?.Invoke();
            _disconnectPipe = null;
            probe.Connected = false;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<UsbDeviceInfo> List()
    {
        lock (clock.Gate)
        {
            // A probe that is coming back does so in the bench's time.
            clock.CatchUp();
            return probe.Connected && clock.IsOpen ? [probe.Info] : [];
        }
    }

    /// <inheritdoc/>
    public IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (clock.Gate)
        {
            clock.CatchUp();
            if (!clock.IsOpen || device.PortPath != probe.Info.PortPath)
            {
                throw new UsbException(UsbError.Disconnected, $"There is no USB device on port {device.PortPath}. Plug the probe in and list again.");
            }

            var pipe = new VirtualUsbPipe(clock, probe.Open(interfaceNumber), faults, trace);
            _disconnectPipe = pipe.Disconnect;
            return pipe;
        }
    }
}
