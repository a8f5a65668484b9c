using FarmAgent.Boards.Leases;

namespace FarmAgent.Agent.Hosting;

internal static partial class AgentLog
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "farm-agent {Version} serves {Boards} boards on {Listeners}, state in {State}")]
    public static partial void Started(ILogger logger, string version, int boards, string listeners, string state);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "INSECURE: every user of this host is an operator through {Listener}")]
    public static partial void Insecure(ILogger logger, string listener);

    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "farm-agent stops")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Board {Board}: {Trouble}")]
    public static partial void BoardTrouble(ILogger logger, string board, string trouble);

    [LoggerMessage(EventId = 104, Level = LogLevel.Information, Message = "Board {Board}: lease {Lease} of {Owner} {What} (fence {Fence})")]
    public static partial void LeaseChanged(ILogger logger, string board, string lease, string owner, LeaseChangeKind what, long fence);

    [LoggerMessage(EventId = 105, Level = LogLevel.Information, Message = "Board {Board}: the probe came or went")]
    public static partial void ProbeChanged(ILogger logger, string board);

    [LoggerMessage(EventId = 106, Level = LogLevel.Error, Message = "The boards could not be made ready")]
    public static partial void StartFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 107, Level = LogLevel.Warning, Message = "Run {Run} was interrupted by a restart of the agent")]
    public static partial void RunInterrupted(ILogger logger, string run);

    [LoggerMessage(EventId = 108, Level = LogLevel.Error, Message = "Operation {Operation} ({What}) ended by a mistake of the agent")]
    public static partial void OperationFailed(ILogger logger, Exception exception, string operation, string what);

    [LoggerMessage(EventId = 109, Level = LogLevel.Warning, Message = "Board {Board}: {Identity} changed option bytes in operation {Operation}, from {Before} to {After}")]
    public static partial void OptionBytesChanged(ILogger logger, string board, string identity, string operation, string before, string after);

    [LoggerMessage(EventId = 120, Level = LogLevel.Error, Message = "Board {Board} is in quarantine ({Reason}): {Text}")]
    public static partial void Quarantined(ILogger logger, string board, string reason, string text);

    [LoggerMessage(EventId = 121, Level = LogLevel.Information, Message = "Board {Board} can be leased again, says {Identity}")]
    public static partial void Restored(ILogger logger, string board, string identity);

    [LoggerMessage(EventId = 122, Level = LogLevel.Critical, Message = "The agent does not work any more, so systemd is not told that it does: {Trouble}")]
    public static partial void WatchdogSilent(ILogger logger, string trouble);

    [LoggerMessage(EventId = 123, Level = LogLevel.Information, Message = "farm-agent begins nothing new and waits up to {Seconds} s for {Runs} runs and {Operations} operations")]
    public static partial void Draining(ILogger logger, double seconds, int runs, int operations);

    [LoggerMessage(EventId = 124, Level = LogLevel.Error, Message = "The configuration was read again and has mistakes, so the old one stays in force: {Problems}")]
    public static partial void NotReloaded(ILogger logger, string problems);

    [LoggerMessage(EventId = 125, Level = LogLevel.Information, Message = "The configuration was read again: quarantine, shutdown and certificates are in force; boards, listeners and the rest are at the next start")]
    public static partial void Reloaded(ILogger logger);
}
