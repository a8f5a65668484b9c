namespace FarmAgent.Hardware.I2c;

/// <summary>One I2C adapter. Not thread-safe: its owner is one device executor.</summary>
public interface II2cBus : IDisposable
{
    /// <summary>Name in the board's description, for example <c>i2c0</c>.</summary>
    string Name { get; }

    /// <summary>
    /// One combined transfer: START, address+W and <paramref name="write"/> if there is something to write, (repeated) START, address+R and
    /// <paramref name="read"/> if there is something to read, STOP. With both empty only the address is sent (a probe of presence).
    /// </summary>
    /// <param name="address">7-bit address.</param>
    /// <param name="write">Bytes to send first; may be empty.</param>
    /// <param name="read">Filled from the device; may be empty.</param>
    /// <param name="timeout">Limit of the whole transfer, clock stretching included.</param>
    /// <returns>The outcome; a NACK is one.</returns>
    /// <exception cref="RequestException">The address has more than 7 bits (<c>I2C_ADDRESS_INVALID</c>).</exception>
    /// <exception cref="HardwareException">The adapter is not there any more (<c>I2C_ADAPTER_LOST</c>).</exception>
    I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout);

    /// <summary>Levels of the two lines where the adapter can tell.</summary>
    I2cLineLevels ReadLines();
}

/// <summary>Levels of SCL and SDA; null where the adapter cannot tell.</summary>
/// <param name="Scl">True for high.</param>
/// <param name="Sda">True for high.</param>
public readonly record struct I2cLineLevels(bool? Scl, bool? Sda);
