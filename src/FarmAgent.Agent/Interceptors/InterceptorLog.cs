
namespace FarmAgent.Agent.Interceptors;

internal static partial class InterceptorLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Debug, Message = "{Method} answered {Reason}: {Text}")]
    public static partial void CallRefused(ILogger logger, string method, string reason, string text);

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "{Method} failed by a mistake of the agent ({Reference})")]
    public static partial void CallFailed(ILogger logger, Exception exception, string method, string reference);
}
