namespace FarmAgent.Agent.Stores;

internal static partial class StoresLog
{
    [LoggerMessage(EventId = 500, Level = LogLevel.Critical, Message = "{Loss}")]
    public static partial void Lost(ILogger logger, string loss);

    [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "The state cannot be kept")]
    public static partial void NotKept(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning, Message = "The state can be kept again")]
    public static partial void Recovered(ILogger logger);
}
