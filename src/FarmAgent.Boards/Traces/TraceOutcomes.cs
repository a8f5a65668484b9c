using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.Boards.Traces;

/// <summary>How transactions ended, as one byte in the ring and as a word for people.</summary>
internal static class TraceOutcomes
{
    public const byte Ok = 0;
    public const byte Fault = 0xFF;

    public static byte Of(UsbError error) => (byte)(1 + (int)error);

    public static byte Of(I2cTransferStatus status) => (byte)status;

    public static string Name(TraceChannel channel, byte outcome) => (channel, outcome) switch
    {
        (_, Ok) => "",
        (_, Fault) => "FAULT",
        (TraceChannel.Probe, _) => (UsbError)(outcome - 1) switch
        {
            UsbError.Timeout => "TIMEOUT",
            UsbError.Stall => "STALL",
            UsbError.Overflow => "OVERFLOW",
            UsbError.Disconnected => "DISCONNECTED",
            UsbError.AccessDenied => "ACCESS_DENIED",
            UsbError.Busy => "BUSY",
            _ => "IO",
        },
        (TraceChannel.I2c, _) => (I2cTransferStatus)outcome switch
        {
            I2cTransferStatus.AddressNack => "NACK",
            I2cTransferStatus.DataNack => "DATA_NACK",
            I2cTransferStatus.ArbitrationLost => "ARBITRATION_LOST",
            I2cTransferStatus.Timeout => "TIMEOUT",
            I2cTransferStatus.BusStuck => "BUS_STUCK",
            _ => "ADAPTER_FAULT",
        },
        _ => "FAULT",
    };
}
