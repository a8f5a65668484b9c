namespace FarmAgent.Boards.Traces;

/// <summary>Which kind of wire an entry of a trace is about.</summary>
public enum TraceChannel
{
    /// <summary>The agent's own remarks, for example that a lease began.</summary>
    Mark,

    /// <summary>The debug probe's USB.</summary>
    Probe,

    /// <summary>An I2C adapter.</summary>
    I2c,

    /// <summary>A GPIO line of the host.</summary>
    Gpio,

    /// <summary>A serial port.</summary>
    Serial,
}

/// <summary>What was done.</summary>
public enum TraceAction
{
    /// <summary>A remark; its text is in <see cref="TraceEntry.Sent"/>.</summary>
    Mark,

    /// <summary>Bytes to the probe.</summary>
    UsbOut,

    /// <summary>Bytes from the probe.</summary>
    UsbIn,

    /// <summary>A halted endpoint was cleared.</summary>
    UsbClearHalt,

    /// <summary>The probe's USB port was reset.</summary>
    UsbReset,

    /// <summary>One combined I2C transfer.</summary>
    I2cTransfer,

    /// <summary>A line became an input; <see cref="TraceEntry.Detail"/> is its pull resistor.</summary>
    GpioInput,

    /// <summary>A line became an output; <see cref="TraceEntry.Detail"/> is its level.</summary>
    GpioOutput,

    /// <summary>An output was driven to the level in <see cref="TraceEntry.Detail"/>.</summary>
    GpioWrite,

    /// <summary>A line was read; <see cref="TraceEntry.Detail"/> is the level.</summary>
    GpioRead,

    /// <summary>A line changed, at the time that the kernel gave, to the level in <see cref="TraceEntry.Detail"/>.</summary>
    GpioEdge,

    /// <summary>Bytes to the board.</summary>
    SerialOut,

    /// <summary>Bytes from the board.</summary>
    SerialIn,
}

/// <summary>One thing that happened on a board's wires.</summary>
/// <param name="Sequence">Counts from 1 in the order of the ends; a gap says how many are no longer in memory.</param>
/// <param name="Start">When it began, on the bench's clock.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Channel">Kind of wire.</param>
/// <param name="Source">Which one, for example <c>i2c0</c> or <c>PG11</c>.</param>
/// <param name="Action">What was done.</param>
/// <param name="Outcome">How it ended; empty when it went well.</param>
/// <param name="Detail">A number that belongs to the action: USB endpoint, I2C address, level.</param>
/// <param name="Sent">Bytes from the host, the first of them where there are many.</param>
/// <param name="SentLength">How many there were.</param>
/// <param name="Received">Bytes to the host, the first of them where there are many.</param>
/// <param name="ReceivedLength">How many there were.</param>
public sealed record TraceEntry(
    long Sequence,
    TimeSpan Start,
    TimeSpan Duration,
    TraceChannel Channel,
    string Source,
    TraceAction Action,
    string Outcome,
    int Detail,
    ReadOnlyMemory<byte> Sent,
    int SentLength,
    ReadOnlyMemory<byte> Received,
    int ReceivedLength)
{
    /// <summary>When it ended.</summary>
    public TimeSpan End => Start + Duration;
}
