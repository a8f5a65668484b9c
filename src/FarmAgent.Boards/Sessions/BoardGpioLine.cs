using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Traces;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Boards.Sessions;

/// <summary>State of a host line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Direction">Its direction.</param>
/// <param name="High">Level on the wire.</param>
public readonly record struct GpioLineState(string Name, GpioDirection Direction, bool High);

/// <summary>A host line that is wired to a board. It is taken at first use and again after it was lost. Thread-safe; never waits behind a flash.</summary>
public sealed class BoardGpioLine : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IHardwareBackend _backend;
    private readonly FlightRecorder _trace;
    private readonly TraceSource _source;
    private IGpioLine? _line;
    private string? _problem;

    internal BoardGpioLine(GpioLineDescription description, IHardwareBackend backend, FlightRecorder trace) =>
        (Description, _backend, _trace, _source) = (description, backend, trace, trace.AddSource(TraceChannel.Gpio, description.Name));

    /// <summary>The line as described.</summary>
    public GpioLineDescription Description { get; }

    /// <summary>Why the line failed last, with the next step; null while it works.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
            {
                return _problem;
            }
        }
    }

    /// <summary>Direction and level.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>).</exception>
    /// <exception cref="HardwareException">The line cannot be used (<c>GPIO_LINE_UNKNOWN</c>, <c>GPIO_LINE_BUSY</c>).</exception>
    public GpioLineState Read(LeaseToken token) => Use(token, StateOf);

    /// <summary>Makes it an input.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="bias">Pull resistor; null for the one described.</param>
    /// <exception cref="RequestException">The wiring makes it an output only (<c>GPIO_DIRECTION_REFUSED</c>).</exception>
    public GpioLineState ConfigureInput(LeaseToken token, GpioBias? bias)
    {
        if (Description.Use == GpioLineUse.OutputOnly)
        {
            throw Refused("an output only, so it cannot be read from the wire");
        }

        return Use(token, line =>
        {
            line.ConfigureInput(bias ?? Description.Bias);
            return StateOf(line);
        });
    }

    /// <summary>Makes it an output that starts at a level.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="initialHigh">Level from the first moment on.</param>
    /// <exception cref="RequestException">The wiring makes it an input only (<c>GPIO_DIRECTION_REFUSED</c>).</exception>
    public GpioLineState ConfigureOutput(LeaseToken token, bool initialHigh)
    {
        RequireOutput();
        return Use(token, line =>
        {
            line.ConfigureOutput(initialHigh);
            return StateOf(line);
        });
    }

    /// <summary>Drives it; makes it an output if it is none.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="high">True for high.</param>
    /// <exception cref="RequestException">The wiring makes it an input only (<c>GPIO_DIRECTION_REFUSED</c>).</exception>
    public GpioLineState Write(LeaseToken token, bool high)
    {
        RequireOutput();
        return Use(token, line =>
        {
            if (line.Direction == GpioDirection.Output)
            {
                line.Write(high);
            }
            else
            {
                line.ConfigureOutput(high);
            }

            return StateOf(line);
        });
    }

    /// <summary>Reports changes of level from now on, until the stream is disposed or the line is configured anew.</summary>
    /// <param name="token">The right to touch the board; the caller checks it again between changes.</param>
    /// <param name="edges">Which ones.</param>
    /// <param name="debounce">A level that does not last this long is no change; zero for none.</param>
    /// <exception cref="RequestException">The line is an output (<c>GPIO_NOT_INPUT</c>), or is watched already (<c>GPIO_WATCHED</c>).</exception>
    public IGpioEdgeStream Watch(LeaseToken token, GpioEdges edges, TimeSpan debounce) => Use(token, line => line.WatchEdges(edges, debounce));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _line?.Dispose();
            _line = null;
        }
    }

    /// <summary>Leaves it as described for the time in which nobody uses the board.</summary>
    internal void MakeSafe(LeaseToken token) => Use(token, line =>
    {
        if (Description.SafeLevel is { } level)
        {
            line.ConfigureOutput(level);
        }
        else
        {
            line.ConfigureInput(Description.Bias);
        }

        return true;
    });

    private T Use<T>(LeaseToken token, Func<IGpioLine, T> action)
    {
        ArgumentNullException.ThrowIfNull(token);
        lock (_lock)
        {
            // Inside the lock, so that the next lease never finds a level that the last one set after its end.
            token.Check();
            try
            {
                _line ??= new RecordedGpioLine(_backend.OpenGpio(Description.HostLine ?? Description.Name), _trace, _source);
                var result = action(_line);
                _problem = null;
                return result;
            }
            catch (HardwareException e)
            {
                _problem = $"GPIO line {Description.Name}: {e.Message}";
                _line?.Dispose();
                _line = null;
                throw;
            }
        }
    }

    private GpioLineState StateOf(IGpioLine line) => new(Description.Name, line.Direction, line.Read());

    private void RequireOutput()
    {
        if (Description.Use == GpioLineUse.InputOnly)
        {
            throw Refused("an input only: the board drives that wire");
        }
    }

    private RequestException Refused(string what) => (RequestException)new RequestException(
        "GPIO_DIRECTION_REFUSED",
        $"Line {Description.Name} is declared as {what}. Use another line, or correct 'direction' in the board's file.")
        .With("line", Description.Name);
}
