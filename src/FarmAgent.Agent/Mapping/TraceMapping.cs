using FarmAgent.Boards.Traces;
using FarmAgent.Boards.Traces.Decoding;
using FarmAgent.Hardware;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Entries of traces for the API.</summary>
internal static class TraceMapping
{
    private const int DetailMask = 0xFF;

    public static Wire.TraceEntry ToWire(this TraceEntry entry, TraceDecoder decoder, TraceDecoder lines) => new()
    {
        Sequence = entry.Sequence,
        Start = entry.Start.ToDuration(),
        Duration = entry.Duration.ToDuration(),
        Channel = entry.Channel.ToWire(),
        Source = entry.Source,
        Action = NameOf(entry.Action),
        Outcome = entry.Outcome,
        Detail = (uint)(entry.Detail & DetailMask),
        Sent = UnsafeByteOperations.UnsafeWrap(entry.Sent),
        SentLength = (uint)entry.SentLength,
        Received = UnsafeByteOperations.UnsafeWrap(entry.Received),
        ReceivedLength = (uint)entry.ReceivedLength,
        Text = decoder.Describe(entry),
        Line = lines.DescribeLine(entry),
    };

    public static TraceChannel FromWire(this Wire.TraceChannel channel) => channel switch
    {
        Wire.TraceChannel.Mark => TraceChannel.Mark,
        Wire.TraceChannel.Probe => TraceChannel.Probe,
        Wire.TraceChannel.I2C => TraceChannel.I2c,
        Wire.TraceChannel.Gpio => TraceChannel.Gpio,
        Wire.TraceChannel.Serial => TraceChannel.Serial,
        _ => throw new RequestException("REQUEST_INVALID", "A channel is not known. Choose mark, probe, i2c, gpio or serial, or none for all."),
    };

    private static Wire.TraceChannel ToWire(this TraceChannel channel) => channel switch
    {
        TraceChannel.Mark => Wire.TraceChannel.Mark,
        TraceChannel.Probe => Wire.TraceChannel.Probe,
        TraceChannel.I2c => Wire.TraceChannel.I2C,
        TraceChannel.Gpio => Wire.TraceChannel.Gpio,
        _ => Wire.TraceChannel.Serial,
    };

    private static string NameOf(TraceAction action) => action switch
    {
        TraceAction.UsbOut => "usb-out",
        TraceAction.UsbIn => "usb-in",
        TraceAction.UsbClearHalt => "usb-clear-halt",
        TraceAction.UsbReset => "usb-reset",
        TraceAction.I2cTransfer => "i2c-transfer",
        TraceAction.GpioInput => "gpio-input",
        TraceAction.GpioOutput => "gpio-output",
        TraceAction.GpioWrite => "gpio-write",
        TraceAction.GpioRead => "gpio-read",
        TraceAction.GpioEdge => "gpio-edge",
        TraceAction.SerialOut => "serial-out",
        TraceAction.SerialIn => "serial-in",
        _ => "mark",
    };
}
