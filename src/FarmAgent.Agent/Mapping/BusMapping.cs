using FarmAgent.Boards.Expander;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>I2C, the expander and host lines, both ways.</summary>
internal static class BusMapping
{
    public static I2cAddress AddressFromWire(uint address) => address <= 0x7F
        ? new I2cAddress((byte)address)
        : throw new RequestException("REQUEST_INVALID", $"0x{address:X} is no 7-bit I2C address; they go from 0x00 to 0x7F. Leave the read/write bit out.");

    public static Wire.TransferStatus ToWire(this I2cTransferStatus status) => status switch
    {
        I2cTransferStatus.Ok => Wire.TransferStatus.Ok,
        I2cTransferStatus.AddressNack => Wire.TransferStatus.AddressNack,
        I2cTransferStatus.DataNack => Wire.TransferStatus.DataNack,
        I2cTransferStatus.ArbitrationLost => Wire.TransferStatus.ArbitrationLost,
        I2cTransferStatus.Timeout => Wire.TransferStatus.Timeout,
        I2cTransferStatus.BusStuck => Wire.TransferStatus.BusStuck,
        _ => Wire.TransferStatus.AdapterFault,
    };

    public static Wire.ExpanderGpio ToWire(this ExpanderGpio gpio) => new()
    {
        Index = (uint)gpio.Index,
        Port = gpio.Configuration.Port,
        Pin = gpio.Configuration.Pin,
        Output = gpio.Configuration.Output,
        InitialHigh = gpio.Configuration.InitialHigh,
        Inverted = gpio.Configuration.Inverted,
        Value = gpio.Value,
    };

    public static ExpanderConfiguration FromWire(this Wire.ExpanderGpio gpio) => new(
        ByteFromWire(gpio.Port, "port"), ByteFromWire(gpio.Pin, "pin"), gpio.Output, gpio.InitialHigh, gpio.Inverted);

    /// <summary>A number of the API that has to be a byte.</summary>
    /// <exception cref="RequestException">It is larger (<c>REQUEST_INVALID</c>).</exception>
    public static byte ByteFromWire(uint value, string what) => value <= byte.MaxValue
        ? (byte)value
        : throw new RequestException("REQUEST_INVALID", $"The {what} is 0x{value:X}; it goes from 0x00 to 0xFF. Correct it.");

    public static Wire.Line ToWire(this GpioLineState line) => new()
    {
        Name = line.Name,
        Direction = line.Direction == GpioDirection.Output ? Wire.LineDirection.Output : Wire.LineDirection.Input,
        High = line.High,
    };

    public static GpioBias? FromWire(this Wire.LineBias bias) => bias switch
    {
        Wire.LineBias.Disabled => GpioBias.Disabled,
        Wire.LineBias.PullUp => GpioBias.PullUp,
        Wire.LineBias.PullDown => GpioBias.PullDown,
        _ => null,
    };
}
