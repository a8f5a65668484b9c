using System.Device.I2c;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Instruments;

/// <summary>
/// One address of a bus for a binding of Iot.Device.Bindings, within one job of the adapter's thread. Bindings expect an exception for what is an
/// outcome to us; <see cref="Failure"/> keeps which one it was.
/// </summary>
internal sealed class BusI2cDevice(II2cBus bus, I2cAddress address, TimeSpan timeout) : I2cDevice
{
    /// <summary>The first transfer that failed; null while all went well.</summary>
    public I2cTransferResult? Failure { get; private set; }

    /// <inheritdoc/>
    public override I2cConnectionSettings ConnectionSettings { get; } = new(0, address.Value);

    /// <inheritdoc/>
    public override void Read(Span<byte> buffer) => Transfer([], buffer);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => Transfer(buffer, []);

    /// <inheritdoc/>
    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => Transfer(writeBuffer, readBuffer);

    private void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        var result = bus.Transfer(address, write, read, timeout);
        if (!result.IsOk)
        {
            Failure ??= result;
            throw new IOException($"{address} on {bus.Name}: {result.Status}.");
        }
    }
}
