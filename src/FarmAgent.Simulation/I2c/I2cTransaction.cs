using FarmAgent.Hardware.I2c;

namespace FarmAgent.Simulation.I2c;

/// <summary>One transfer on its way over the bus.</summary>
internal sealed class I2cTransaction(byte address, byte[] write, int readLength)
{
    public byte Address { get; } = address;

    public byte[] Write { get; } = write;

    public byte[] Read { get; } = new byte[readLength];

    public int BytesWritten { get; set; }

    public int BytesRead { get; set; }

    /// <summary>How it ended; null while it runs.</summary>
    public I2cTransferStatus? Status { get; set; }

    public I2cTransferResult ToResult() => new(Status ?? I2cTransferStatus.Timeout, BytesWritten, BytesRead);
}
