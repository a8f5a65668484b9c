using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.Linux.Time;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>A line of the host behind the seam, over the driver of its chip.</summary>
internal sealed class GpioLine : IGpioLine
{
    private readonly Lock _lock = new();
    private readonly CharDeviceGpioDriver _driver;
    private readonly int _offset;
    private readonly MonotonicWaiter _clock;
    private GpioBias _bias = GpioBias.AsIs;
    private GpioEdgeStream? _edges;
    private bool _closed;

    /// <summary>Takes a line; the driver is taken over.</summary>
    public GpioLine(string name, CharDeviceGpioDriver driver, int offset, MonotonicWaiter clock)
    {
        (Name, _driver, _offset, _clock) = (name, driver, offset, clock);
        driver.Open(offset);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public GpioDirection Direction => Use(line => line.IsOutput ? GpioDirection.Output : GpioDirection.Input);

    /// <inheritdoc/>
    public void ConfigureInput(GpioBias bias) => Use(line =>
    {
        _edges?.Dispose();
        line.ConfigureInput(bias);
        _bias = bias;
        return true;
    });

    /// <inheritdoc/>
    public void ConfigureOutput(bool initialHigh) => Use(line =>
    {
        _edges?.Dispose();
        line.ConfigureOutput(initialHigh);
        return true;
    });

    /// <inheritdoc/>
    public bool Read() => Use(line => line.Read());

    /// <inheritdoc/>
    public void Write(bool high) => Use(line =>
    {
        if (!line.IsOutput)
        {
            throw new RequestException("GPIO_NOT_OUTPUT", $"Line {Name} cannot be driven: it is an input. Configure it as an output first.");
        }

        line.Write(high);
        return true;
    });

    /// <inheritdoc/>
    public IGpioEdgeStream WatchEdges(GpioEdges edges, TimeSpan debounce) => Use(line =>
    {
        if (line.IsOutput)
        {
            throw new RequestException("GPIO_NOT_INPUT", $"Line {Name} cannot be watched: it is an output. Configure it as an input first.");
        }

        if (_edges is { IsOpen: true })
        {
            throw new RequestException("GPIO_WATCHED", $"Line {Name} is watched already. End that watch first.");
        }

        line.ConfigureInput(_bias, edges, debounce);
        return _edges = new GpioEdgeStream(line, _bias, _clock);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _closed = true;
                _edges?.Dispose();
                _driver.Dispose();
            }
        }
    }

    private T Use<T>(Func<GpioLineRequest, T> action)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return action(_driver[_offset]);
        }
    }
}
