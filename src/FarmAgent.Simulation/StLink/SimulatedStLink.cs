using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Dap;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.StLink;

/// <summary>
/// An ST-LINK as the host finds it on USB. It reaches the target only by SWD and the target's pins. Not thread-safe: it and its pipes run
/// under the bench's lock.
/// </summary>
internal sealed class SimulatedStLink
{
    // From leaving the loader until the application is on the bus.
    private const long StartTime = 800_000_000_000;

    private readonly StLinkOptions _options;
    private readonly IBenchTimeline _timeline;
    private readonly StLinkFirmware _firmware;
    private int _claims;
    private int _openClaim;
    private bool _connected = true;
    private IDisposable? _return;

    /// <summary>Plugs an adapter in.</summary>
    /// <param name="options">Which adapter it is.</param>
    /// <param name="dap">The target's debug port.</param>
    /// <param name="pins">The target's NRST and supply.</param>
    /// <param name="timeline">Where its work takes time.</param>
    public SimulatedStLink(StLinkOptions options, SimulatedDap dap, ITargetPins pins, IBenchTimeline timeline)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _timeline = timeline;
        _firmware = new StLinkFirmware(options, dap, pins, timeline) { LoaderLeft = DropOff };
    }

    /// <summary>How the host lists it.</summary>
    public UsbDeviceInfo Info => new()
    {
        VendorId = StLinkFirmware.VendorId,
        ProductId = _options.ProductId,
        PortPath = _options.PortPath,
        RawSerial = _options.Serial,
        Product = _options.Product,
    };

    /// <summary>
    /// False while it is unplugged: it is not to be listed, and an open pipe fails. Plugged in again it starts afresh, and only a new pipe
    /// reaches it. NRST is released when it goes.
    /// </summary>
    public bool Connected
    {
        get => _connected;
        set
        {
            _return?.Dispose();
            _return = null;
            if (_connected == value)
            {
                return;
            }

            _connected = value;
            _openClaim = 0;
            if (value)
            {
                _firmware.PowerUp();
            }
            else
            {
                _firmware.PowerDown();
            }
        }
    }

    /// <summary>What the adapter is doing, for tests and diagnostics.</summary>
    public StLinkMode Mode => _firmware.Mode;

    /// <summary>Opens and claims interface 0.</summary>
    /// <exception cref="UsbException">Unplugged, claimed already, or another interface was asked for.</exception>
    public IUsbBulkPipe Open(int interfaceNumber = 0)
    {
        if (!_connected)
        {
            throw Failure(UsbError.Disconnected, "cannot be opened: it is not plugged in. Plug it in and list the devices again.");
        }

        if (interfaceNumber != 0)
        {
            throw Failure(UsbError.Io, $"has no interface {interfaceNumber}. Claim interface 0.");
        }

        if (_openClaim != 0)
        {
            throw Failure(UsbError.Busy, "is claimed already. Close the other pipe first.");
        }

        _openClaim = ++_claims;
        return new StLinkPipe(this, _openClaim, _firmware, _options, _timeline);
    }

    /// <summary>Leaves a reply in the pipe that nobody has taken.</summary>
    public void LeaveReplyBehind() => _firmware.LeaveReplyBehind();

    /// <summary>True between the loader's end and the application's start, when the device is not on the bus.</summary>
    internal bool IsRestarting => _return is not null;

    /// <summary>True while this claim is the present one of the plugged-in device.</summary>
    internal bool Holds(int claim) => _connected && _openClaim == claim;

    /// <summary>The pipe with this claim was closed.</summary>
    internal void Release(int claim)
    {
        if (_openClaim == claim)
        {
            _openClaim = 0;
        }
    }

    /// <summary>An exception that names the device.</summary>
    internal UsbException Failure(UsbError error, string what) => new(error, $"The ST-LINK {_options.Serial} on {_options.PortPath} {what}");

    private void DropOff()
    {
        _connected = false;
        _openClaim = 0;
        _firmware.PowerDown();
        _return = _timeline.Schedule(_timeline.Now + StartTime, () =>
        {
            _return = null;
            _connected = true;
            _firmware.StartApplication();
        });
    }
}
