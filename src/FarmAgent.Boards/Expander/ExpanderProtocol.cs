using System.Buffers.Binary;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Expander;

/// <summary>
/// Speaks to the 0xBEEF GPIO expander. Every register is a transfer of its own, because firmware exists that does not count the register
/// up. Not thread-safe: it belongs on the adapter's executor.
/// </summary>
/// <param name="bus">The adapter.</param>
/// <param name="address">Address of the expander.</param>
/// <param name="timeout">Limit of one transfer, clock stretching included.</param>
public sealed class ExpanderProtocol(II2cBus bus, I2cAddress address, TimeSpan timeout)
{
    /// <summary>GPIOs of an expander.</summary>
    public const int GpioCount = ExpanderRegisters.GpioCount;

    private I2cTransferResult _last;
    private string _step = "";

    /// <summary>Reads the magic word and, from an expander, the version block if there is one.</summary>
    /// <returns>What answered; also when it is no expander.</returns>
    public ExpanderOutcome<ExpanderProbe> Probe()
    {
        if (!TryRead(ExpanderRegisters.MagicHigh, out var high) || !TryRead(ExpanderRegisters.MagicLow, out var low))
        {
            return Failed<ExpanderProbe>();
        }

        var (transfer, step) = (_last, _step);
        var magic = (ushort)((high << 8) | low);

        // Firmware without the block may answer anything or nothing here; that makes it no worse an expander.
        var version = magic == ExpanderRegisters.Magic ? ReadVersion() : null;
        return new ExpanderOutcome<ExpanderProbe>(new ExpanderProbe(magic, version), transfer, step);
    }

    /// <summary>Writes port, pin and configuration of one GPIO and activates it.</summary>
    /// <param name="index">Index, 0 to 7.</param>
    /// <param name="configuration">How to set it up.</param>
    /// <returns>True when everything was acknowledged.</returns>
    /// <exception cref="RequestException">No such index (<c>EXPANDER_INDEX_INVALID</c>).</exception>
    public ExpanderOutcome<bool> Configure(int index, ExpanderConfiguration configuration)
    {
        var n = CheckIndex(index);
        return TryWrite((byte)(ExpanderRegisters.Port + n), configuration.Port)
            && TryWrite((byte)(ExpanderRegisters.Pin + n), configuration.Pin)
            && TryWrite((byte)(ExpanderRegisters.Configuration + n), configuration.Bits)
            && TryWrite(ExpanderRegisters.Activate, n)
                ? Done(true)
                : Failed<bool>();
    }

    /// <summary>Activates all GPIOs as they are configured.</summary>
    public ExpanderOutcome<bool> ActivateAll() => TryWrite(ExpanderRegisters.Activate, 0xFF) ? Done(true) : Failed<bool>();

    /// <summary>Sets the value of one GPIO.</summary>
    /// <param name="index">Index, 0 to 7.</param>
    /// <param name="value">The value; an inverted GPIO drives the opposite level.</param>
    /// <exception cref="RequestException">No such index (<c>EXPANDER_INDEX_INVALID</c>).</exception>
    public ExpanderOutcome<bool> Set(int index, bool value) =>
        TryWrite((byte)(ExpanderRegisters.Value + CheckIndex(index)), value ? (byte)1 : (byte)0) ? Done(true) : Failed<bool>();

    /// <summary>Reads configuration and value of one GPIO.</summary>
    /// <param name="index">Index, 0 to 7.</param>
    /// <exception cref="RequestException">No such index (<c>EXPANDER_INDEX_INVALID</c>).</exception>
    public ExpanderOutcome<ExpanderGpio> Get(int index)
    {
        var n = CheckIndex(index);
        return TryRead((byte)(ExpanderRegisters.Port + n), out var port)
            && TryRead((byte)(ExpanderRegisters.Pin + n), out var pin)
            && TryRead((byte)(ExpanderRegisters.Configuration + n), out var bits)
            && TryRead((byte)(ExpanderRegisters.Value + n), out var value)
                ? Done(new ExpanderGpio(index, ExpanderConfiguration.FromRegisters(port, pin, bits), value != 0))
                : Failed<ExpanderGpio>();
    }

    /// <summary>Reads configuration and value of all GPIOs.</summary>
    public ExpanderOutcome<IReadOnlyList<ExpanderGpio>> GetAll()
    {
        var all = new List<ExpanderGpio>();
        for (var i = 0; i < GpioCount; i++)
        {
            var one = Get(i);
            if (!one.IsOk)
            {
                return Failed<IReadOnlyList<ExpanderGpio>>();
            }

            all.Add(one.Value);
        }

        return Done<IReadOnlyList<ExpanderGpio>>(all);
    }

    /// <summary>Reads registers as they are, one by one.</summary>
    /// <param name="first">First register.</param>
    /// <param name="count">How many, up to register 0xFF.</param>
    /// <param name="cancellationToken">Ends the reading between two registers.</param>
    /// <exception cref="RequestException">Beyond register 0xFF, or none (<c>EXPANDER_REGISTER_INVALID</c>).</exception>
    public ExpanderOutcome<byte[]> ReadRegisters(byte first, int count, CancellationToken cancellationToken)
    {
        if (count < 1 || first + count > 256)
        {
            throw new RequestException(
                "EXPANDER_REGISTER_INVALID", $"{count} registers from 0x{first:X2} were asked for; registers go from 0x00 to 0xFF. Ask for 1 to {256 - first}.");
        }

        var values = new byte[count];
        for (var i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryRead((byte)(first + i), out values[i]))
            {
                return Failed<byte[]>();
            }
        }

        return Done(values);
    }

    /// <summary>Writes one register as it is.</summary>
    /// <param name="register">Register.</param>
    /// <param name="value">Its new value.</param>
    public ExpanderOutcome<bool> WriteRegister(byte register, byte value) => TryWrite(register, value) ? Done(true) : Failed<bool>();

    private ExpanderVersion? ReadVersion()
    {
        if (!TryRead(ExpanderRegisters.Version, out var format) || format != ExpanderRegisters.VersionFormat)
        {
            return null;
        }

        Span<byte> block = stackalloc byte[7];
        for (var i = 0; i < block.Length; i++)
        {
            if (!TryRead((byte)(ExpanderRegisters.Version + 1 + i), out block[i]))
            {
                return null;
            }
        }

        return new ExpanderVersion(block[0], block[1], block[2], $"{BinaryPrimitives.ReadUInt32BigEndian(block[3..]):x8}");
    }

    private bool TryRead(byte register, out byte value)
    {
        Span<byte> read = stackalloc byte[1];
        _step = $"read register 0x{register:X2}";
        _last = bus.Transfer(address, [register], read, timeout);
        value = read[0];
        return _last.IsOk;
    }

    private bool TryWrite(byte register, byte value)
    {
        _step = $"write 0x{value:X2} to register 0x{register:X2}";
        _last = bus.Transfer(address, [register, value], [], timeout);
        return _last.IsOk;
    }

    private ExpanderOutcome<T> Done<T>(T value) => new(value, _last, _step);

    private ExpanderOutcome<T> Failed<T>() => new(default, _last, _step);

    private static byte CheckIndex(int index) => index is >= 0 and < GpioCount
        ? (byte)index
        : throw new RequestException("EXPANDER_INDEX_INVALID", $"GPIO {index} was asked for; an expander has GPIOs 0 to {GpioCount - 1}.");
}
