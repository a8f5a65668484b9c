using System.Text;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Traces.Decoding;

/// <summary>
/// Says in words what entries of a board's trace are: commands and registers of the probe, registers of the expander, lines with their wires.
/// Entries must be given in order, since a reply is explained by the command before it. Not thread-safe.
/// </summary>
/// <param name="board">The board.</param>
public sealed class TraceDecoder(BoardDescription board)
{
    private const int AddressMask = 0x7F;
    private const int WantedShift = 8;

    private readonly StLinkDecoder _stLink = new();

    /// <summary>What an entry says.</summary>
    /// <param name="entry">The next entry.</param>
    public string Describe(TraceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var text = entry.Channel switch
        {
            TraceChannel.Mark => Encoding.UTF8.GetString(entry.Sent.Span),
            TraceChannel.Probe => _stLink.Describe(entry),
            TraceChannel.I2c => DescribeI2c(entry),
            TraceChannel.Gpio => DescribeGpio(entry),
            _ => TraceText.Quote(entry.Action == TraceAction.SerialIn ? entry.Received.Span : entry.Sent.Span, Math.Max(entry.ReceivedLength, entry.SentLength)),
        };
        return entry.Outcome.Length == 0 ? text : $"{text} {entry.Outcome}";
    }

    /// <summary>One line: <c>     12  3.201442  i2c0   0x08 W 00 R beef  MAGIC_HIGH = beef</c>.</summary>
    /// <param name="entry">The next entry.</param>
    public string DescribeLine(TraceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var arrow = entry.Action switch
        {
            TraceAction.UsbOut or TraceAction.SerialOut or TraceAction.GpioWrite or TraceAction.GpioOutput => ">",
            TraceAction.UsbIn or TraceAction.SerialIn or TraceAction.GpioRead or TraceAction.GpioEdge => "<",
            _ => " ",
        };
        return FormattableString.Invariant(
            $"{entry.Sequence,8} {entry.Start.TotalSeconds,13:0.000000} {entry.Duration.TotalMicroseconds,8:0} us  {entry.Source,-8} {arrow} {Describe(entry)}");
    }

    private string DescribeI2c(TraceEntry entry)
    {
        var address = new I2cAddress((byte)(entry.Detail & AddressMask));
        var wanted = entry.Detail >> WantedShift;
        var text = new StringBuilder(address.ToString());
        if (entry.SentLength > 0)
        {
            text.Append(" W ").Append(TraceText.Hex(entry.Sent.Span));
        }

        if (wanted > 0)
        {
            text.Append(" R ").Append(entry.ReceivedLength == 0 ? "-" : TraceText.Hex(entry.Received.Span));
        }

        var adapter = board.I2cAdapters.FirstOrDefault(a => string.Equals(a.Name, entry.Source, StringComparison.Ordinal));
        if (adapter?.ExpanderAddress == address && ExpanderDecoder.Describe(entry) is { } register)
        {
            text.Append("  ").Append(register);
        }
        else if (adapter?.Devices.FirstOrDefault(d => d.Address == address) is { } device)
        {
            text.Append("  ").Append(device.Name);
        }

        return text.ToString();
    }

    private string DescribeGpio(TraceEntry entry)
    {
        var wire = board.GpioLines.FirstOrDefault(l => string.Equals(l.Name, entry.Source, StringComparison.Ordinal))?.WiredTo is { } pin ? $" ({pin})" : "";
        var level = entry.Detail == 0 ? "low" : "high";
        return entry.Action switch
        {
            TraceAction.GpioInput => $"input, pull {(GpioBias)entry.Detail}{wire}",
            TraceAction.GpioOutput => $"output, starts {level}{wire}",
            TraceAction.GpioWrite => $"drive {level}{wire}",
            TraceAction.GpioEdge => $"edge to {level}{wire}",
            _ => $"is {level}{wire}",
        };
    }
}
