using FarmAgent.Hardware.I2c;

namespace FarmAgent.Simulation.I2c;

/// <summary>One transfer on its way over the bus.</summary>
internal sealed class I2cTransaction(byte address, byte[] write, int readLength)
{
    public byte Address { get; } = address;

    public byte[] Write { get; } = write;

    public byte[] Read { get; } = new byte[readLength];

    /// <summary>Time of the host before START in picoseconds: system call, set-up of the adapter.</summary>
    public long SetUpTime { get; init; }

    /// <summary>Time of the host after STOP in picoseconds: interrupt, wake-up of the caller.</summary>
    public long CompletionTime { get; init; }

    public int BytesWritten { get; set; }

    public int BytesRead { get; set; }

    /// <summary>How it ended; null while it runs.</summary>
    public I2cTransferStatus? Status { get; set; }

    public I2cTransferResult ToResult() => new(Status ?? I2cTransferStatus.Timeout, BytesWritten, BytesRead);
}
