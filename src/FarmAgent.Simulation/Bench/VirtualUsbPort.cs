using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Bench;

/// <summary>The USB socket of the bench with the simulated probe in it, or not.</summary>
internal sealed class VirtualUsbPort(UsbDeviceInfo device, BenchClock clock) : IUsbEnumerator, IDisposable
{
    private IUsbBulkPipe? _device;
    private VirtualUsbPipe? _claimedBy;

    public BenchClock Clock => clock;

    public bool IsPlugged => _device is not null;

    /// <summary>Makes the probe that is plugged in, as it is after power-up; null where the bench has none.</summary>
    public Func<IUsbBulkPipe>? PowerUpDevice { get; set; }

    /// <summary>Puts the probe in; it starts afresh.</summary>
    public void Plug()
    {
        lock (clock.Gate)
        {
            _device ??= PowerUpDevice?.Invoke();
        }
    }

    /// <summary>Pulls the probe out: pipes that are open are dead from now on.</summary>
    public void Unplug()
    {
        lock (clock.Gate)
        {
            _claimedBy?.Disconnect();
            _claimedBy = null;
            _device?.Dispose();
            _device = null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<UsbDeviceInfo> List()
    {
        lock (clock.Gate)
        {
            return IsPlugged && clock.IsOpen ? [device] : [];
        }
    }

    /// <inheritdoc/>
    public IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (clock.Gate)
        {
            if (_device is not { } plugged || !clock.IsOpen || device.PortPath != plugged.Device.PortPath)
            {
                throw new UsbException(UsbError.Disconnected, $"No USB device on port {device.PortPath}. Plug the probe in and list again.");
            }

            if (interfaceNumber != 0)
            {
                throw new UsbException(UsbError.Io,
                    $"Interface {interfaceNumber} cannot be claimed on USB {device.PortPath}: an ST-LINK/V2 has interface 0 only. Claim that one.");
            }

            if (_claimedBy is not null)
            {
                throw new UsbException(UsbError.Busy, $"The ST-LINK on USB {device.PortPath} is in use: interface 0 is claimed. Close the other user first.");
            }

            _claimedBy = new VirtualUsbPipe(this, plugged);
            return _claimedBy;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Unplug();

    /// <summary>Gives the claim of a pipe back.</summary>
    public void Release(VirtualUsbPipe pipe)
    {
        if (_claimedBy == pipe)
        {
            _claimedBy = null;
        }
    }
}
