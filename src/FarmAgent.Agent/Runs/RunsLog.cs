using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

internal static partial class RunsLog
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "{Run} on {Board} ended: {Verdict} {Reason} after {Seconds} s")]
    public static partial void Ended(ILogger logger, string run, string board, Wire.Verdict verdict, string reason, double seconds);

    [LoggerMessage(EventId = 401, Level = LogLevel.Error, Message = "{Run} failed by a mistake of the agent")]
    public static partial void Failed(ILogger logger, Exception exception, string run);

    [LoggerMessage(EventId = 402, Level = LogLevel.Error, Message = "{Run} was cut short by the agent's end, and that could not be written down; the next start tries again")]
    public static partial void NotRecovered(ILogger logger, Exception exception, string run);

    [LoggerMessage(EventId = 403, Level = LogLevel.Error, Message = "The end of {Run} could not be brought to the disk with its files")]
    public static partial void FilesNotKept(ILogger logger, Exception exception, string run);
}
