using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Gpio;

/// <summary>A GPIO line of the bench's host. It keeps its state between openings, as the pad of a real host does.</summary>
internal sealed class HostGpioPad(string name, WireEndpoint endpoint)
{
    public string Name { get; } = name;

    public WireEndpoint Endpoint { get; } = endpoint;

    public GpioDirection Direction { get; set; } = GpioDirection.Input;

    /// <summary>The opened line, null while nobody holds it.</summary>
    public VirtualGpioLine? Holder { get; set; }
}

/// <summary>A host line while somebody holds it.</summary>
internal sealed class VirtualGpioLine(HostGpioPad pad, BenchClock clock) : IGpioLine
{
    private bool _closed;
    private VirtualEdgeStream? _edges;

    /// <inheritdoc/>
    public string Name => pad.Name;

    /// <inheritdoc/>
    public GpioDirection Direction
    {
        get
        {
            lock (clock.Gate)
            {
                return pad.Direction;
            }
        }
    }

    /// <inheritdoc/>
    public void ConfigureInput(GpioBias bias) => Change(() =>
    {
        _edges?.Dispose();
        pad.Direction = GpioDirection.Input;
        pad.Endpoint.Set(PinDrive.None, bias switch
        {
            GpioBias.PullUp => PinDrive.PullUp,
            GpioBias.PullDown => PinDrive.PullDown,
            GpioBias.AsIs => pad.Endpoint.Pull,
            _ => PinDrive.None,
        });
    });

    /// <inheritdoc/>
    public void ConfigureOutput(bool initialHigh) => Change(() =>
    {
        _edges?.Dispose();
        pad.Direction = GpioDirection.Output;
        pad.Endpoint.Set(LevelOf(initialHigh), PinDrive.None);
    });

    /// <inheritdoc/>
    public bool Read()
    {
        lock (clock.Gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            clock.CatchUp();
            return pad.Endpoint.Level;
        }
    }

    /// <inheritdoc/>
    public void Write(bool high) => Change(() =>
    {
        if (pad.Direction != GpioDirection.Output)
        {
            throw new RequestException("GPIO_NOT_OUTPUT", $"Line {Name} cannot be driven: it is an input. Configure it as an output first.");
        }

        pad.Endpoint.Drive = LevelOf(high);
    });

    /// <inheritdoc/>
    public IGpioEdgeStream WatchEdges(GpioEdges edges, TimeSpan debounce)
    {
        lock (clock.Gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            clock.CatchUp();
            if (pad.Direction == GpioDirection.Output)
            {
                throw new RequestException("GPIO_NOT_INPUT", $"Line {Name} cannot be watched: it is an output. Configure it as an input first.");
            }

            if (_edges is { IsOpen: true })
            {
                throw new RequestException("GPIO_WATCHED", $"Line {Name} is watched already. End that watch first.");
            }

            return _edges = new VirtualEdgeStream(pad.Endpoint, clock, edges, debounce);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (clock.Gate)
        {
            if (!_closed)
            {
                _edges?.Dispose();
                _closed = true;
                pad.Holder = null;
            }
        }
    }

    private static PinDrive LevelOf(bool high) => high ? PinDrive.High : PinDrive.Low;

    private void Change(Action change)
    {
        lock (clock.Gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            clock.CatchUp();
            change();
        }
    }
}
