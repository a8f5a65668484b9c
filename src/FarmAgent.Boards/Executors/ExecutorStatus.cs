namespace FarmAgent.Boards.Executors;

/// <summary>What a device executor is doing.</summary>
/// <param name="Device">Name of the device.</param>
/// <param name="Job">The job at work; null when idle.</param>
/// <param name="Running">How long it has been at work.</param>
/// <param name="Waiting">Jobs in the queue.</param>
/// <param name="IsHung">True when the job did not stop although it was told to: the device does nothing else until it returns.</param>
public sealed record ExecutorStatus(string Device, string? Job, TimeSpan Running, int Waiting, bool IsHung);
