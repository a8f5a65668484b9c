namespace FarmAgent.Hardware.Gpio;

/// <summary>Direction of a host GPIO line.</summary>
public enum GpioDirection
{
    /// <summary>High impedance; the wire decides.</summary>
    Input,

    /// <summary>The host drives the line.</summary>
    Output,
}

/// <summary>Pull resistor of an input.</summary>
public enum GpioBias
{
    /// <summary>Leave it as it is.</summary>
    AsIs,

    /// <summary>No pull.</summary>
    Disabled,

    /// <summary>Pull to the supply.</summary>
    PullUp,

    /// <summary>Pull to ground.</summary>
    PullDown,
}

/// <summary>One GPIO line of the host, held exclusively while open. Thread-safe.</summary>
public interface IGpioLine : IDisposable
{
    /// <summary>Name in the board's description, for example <c>PG11</c>.</summary>
    string Name { get; }

    /// <summary>Present direction.</summary>
    GpioDirection Direction { get; }

    /// <summary>Makes the line an input.</summary>
    /// <param name="bias">Pull resistor.</param>
    void ConfigureInput(GpioBias bias);

    /// <summary>Makes the line an output that starts at <paramref name="initialHigh"/> without a glitch.</summary>
    /// <param name="initialHigh">Level from the first moment on.</param>
    void ConfigureOutput(bool initialHigh);

    /// <summary>The level on the wire, whatever the direction.</summary>
    /// <returns>True for high.</returns>
    bool Read();

    /// <summary>Drives an output.</summary>
    /// <param name="high">True for high.</param>
    /// <exception cref="RequestException">The line is an input (<c>GPIO_NOT_OUTPUT</c>).</exception>
    void Write(bool high);

    /// <summary>Reports changes of level of an input. One stream at a time; configuring the line anew ends it.</summary>
    /// <param name="edges">Which ones.</param>
    /// <param name="debounce">A level that does not last this long is no change; zero for none. Microseconds count.</param>
    /// <exception cref="RequestException">The line is an output (<c>GPIO_NOT_INPUT</c>), or is watched already (<c>GPIO_WATCHED</c>).</exception>
    IGpioEdgeStream WatchEdges(GpioEdges edges, TimeSpan debounce);
}
