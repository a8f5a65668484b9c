using System.Buffers.Binary;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>
/// An i2c-tiny-usb, the I2C adapter of one control transfer per message that Linux has a driver for (drivers/i2c/busses/i2c-tiny-usb.c), in front
/// of any bus. The bus makes whole transfers only, so a write without an end is kept until the read that completes it; what is neither a write,
/// nor a read, nor a write followed by a read of the same address is refused.
/// </summary>
/// <param name="allows">Says whether an address may be talked to.</param>
/// <param name="timeout">Limit of one transfer.</param>
internal sealed class TinyUsbAdapter(Func<I2cAddress, bool> allows, TimeSpan timeout)
{
    private const byte Echo = 0;
    private const byte GetFunctionality = 1;
    private const byte SetDelay = 2;
    private const byte GetStatus = 3;
    private const byte Transfer = 4;
    private const byte Begin = 1;
    private const byte End = 2;
    private const ushort ReadMessage = 1;

    // Says where the kernel keeps the bytes; set on every message that comes from /dev/i2c-N, and nothing to the bus.
    private const ushort DmaSafe = 0x0200;
    private const byte Idle = 0;
    private const byte Acknowledged = 1;
    private const byte NotAcknowledged = 2;

    /// <summary>
    /// I2C_FUNC_I2C and what the kernel makes of it (include/uapi/linux/i2c.h): quick, byte, word, process call, block write, I2C block, PEC.
    /// Not: ten-bit addresses, protocol mangling, block reads whose length the device says.
    /// </summary>
    private const uint Functionality = 0x0EFF_0009;

    private (I2cAddress Address, byte[] Data)? _write;
    private byte _status;

    /// <summary>True for a request that goes to the bus; the others are the adapter's alone.</summary>
    public static bool NeedsBus(UsbSetup setup) => setup.IsVendor && (setup.Request & ~(Begin | End)) == Transfer;

    /// <summary>Does a request of the adapter's own.</summary>
    /// <returns>Its data stage, empty for none; null when the adapter stalls it.</returns>
    public byte[]? Answer(UsbSetup setup) => (setup.IsVendor, setup.IsIn, setup.Request) switch
    {
        (true, true, Echo) => Cut([(byte)setup.Value, (byte)(setup.Value >> 8)], setup.Length),
        (true, true, GetFunctionality) => Cut(FunctionalityBytes(), setup.Length),
        (true, true, GetStatus) => Cut([_status], setup.Length),
        (true, false, SetDelay) => [],
        _ => null,
    };

    /// <summary>Does one message.</summary>
    /// <param name="setup">The request, for which <see cref="NeedsBus"/> is true.</param>
    /// <param name="data">Bytes to write.</param>
    /// <param name="bus">The bus.</param>
    /// <returns>Bytes read, as many as were asked for also when nobody acknowledged; null when the adapter stalls it: no address was the reason.</returns>
    public byte[]? Move(UsbSetup setup, ReadOnlySpan<byte> data, II2cBus bus)
    {
        var isRead = (setup.Value & ReadMessage) != 0;
        var begins = (setup.Request & Begin) != 0;
        var ends = (setup.Request & End) != 0;
        var earlier = begins ? null : _write;
        (_write, _status) = (null, Idle);
        var valid = (setup.Value & ~(ReadMessage | DmaSafe)) == 0 && setup.Index <= 0x7F && setup.IsIn == isRead;
        var address = new I2cAddress((byte)setup.Index);
        if (!valid || !allows(address) || (!begins && earlier?.Address != address))
        {
            return null;
        }

        return (isRead, begins, ends) switch
        {
            (false, true, true) => Finish(bus.Transfer(address, data, [], timeout), []),
            (false, true, false) => Keep(address, data),
            (true, _, true) => Read(bus, address, earlier?.Data ?? [], new byte[setup.Length]),
            _ => null,
        };
    }

    private static byte[] Cut(byte[] data, int length) => data.Length <= length ? data : data[..length];

    private static byte[] FunctionalityBytes()
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Functionality);
        return bytes;
    }

    private byte[] Keep(I2cAddress address, ReadOnlySpan<byte> data)
    {
        // Whether anybody acknowledges it is known with the read, and said then.
        (_write, _status) = ((address, data.ToArray()), Acknowledged);
        return [];
    }

    private byte[]? Read(II2cBus bus, I2cAddress address, byte[] write, byte[] read) => Finish(bus.Transfer(address, write, read, timeout), read);

    private byte[]? Finish(I2cTransferResult result, byte[] read)
    {
        _status = result.Status switch
        {
            I2cTransferStatus.Ok => Acknowledged,
            I2cTransferStatus.AddressNack => NotAcknowledged,
            _ => Idle,
        };
        return _status == Idle ? null : read;
    }
}
