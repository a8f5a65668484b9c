namespace FarmAgent.Hardware.Serial;

/// <summary>Parity of a serial line.</summary>
public enum SerialParity
{
    /// <summary>No parity bit.</summary>
    None,

    /// <summary>Even parity.</summary>
    Even,

    /// <summary>Odd parity.</summary>
    Odd,
}

/// <summary>Line settings.</summary>
/// <param name="BaudRate">Bits per second, for example 115200.</param>
/// <param name="DataBits">7 or 8.</param>
/// <param name="Parity">Parity bit.</param>
/// <param name="StopBits">1 or 2.</param>
public sealed record SerialSettings(int BaudRate, int DataBits = 8, SerialParity Parity = SerialParity.None, int StopBits = 1)
{
    /// <summary>115200 baud, 8 data bits, no parity, one stop bit.</summary>
    public static SerialSettings Default { get; } = new(115200);
}

/// <summary>A serial port, held exclusively while open. One reader and one writer may use it at the same time.</summary>
public interface ISerialPort : IDisposable
{
    /// <summary>Name in the board's description, for example <c>console</c>.</summary>
    string Name { get; }

    /// <summary>Waits for at least one byte and takes what is there.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="timeout">Limit of the wait, in wall time.</param>
    /// <returns>Bytes received; 0 when the limit passed.</returns>
    /// <exception cref="HardwareException">The port was hung up (<c>SERIAL_LOST</c>).</exception>
    int Read(Span<byte> buffer, TimeSpan timeout);

    /// <summary>Sends bytes; returns when they are in the port's buffer.</summary>
    /// <param name="data">Bytes to send.</param>
    /// <param name="timeout">Limit of the wait, in wall time.</param>
    void Write(ReadOnlySpan<byte> data, TimeSpan timeout);
}
