using FarmAgent.Boards.Consoles;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Traces;

namespace FarmAgent.Boards.Sessions;

/// <summary>Limits of the devices of a board. Wall time throughout.</summary>
public sealed record SessionOptions
{
    /// <summary>Limit of one I2C transfer, clock stretching included.</summary>
    public TimeSpan I2cTransferLimit { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Limit of one step of the safe state.</summary>
    public TimeSpan SafeStateStepLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Limit of one look through the probe when evidence is gathered.</summary>
    public TimeSpan EvidenceLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Memory of a board's flight recorder, in bytes.</summary>
    public int TraceBytes { get; init; } = FlightRecorder.DefaultBytes;

    /// <summary>Limits of device threads.</summary>
    public ExecutorOptions Executor { get; init; } = new();

    /// <summary>Limits of console recorders.</summary>
    public SerialRecorderOptions Serial { get; init; } = new();
}
