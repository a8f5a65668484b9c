using System.Globalization;
using FarmAgent.Agent.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace FarmAgent.Agent.Health;

/// <summary>
/// Tells systemd that the agent works, as long as it does (sd_watchdog_enabled(3)): where a loop stands or a device's thread hangs the ping stays out, and
/// systemd starts the agent again.
/// </summary>
/// <param name="notifier">Tells systemd.</param>
/// <param name="health">Whether the agent works.</param>
/// <param name="log">Told once why the ping stays out.</param>
internal sealed class Watchdog(ISystemdNotifier notifier, WorkHealth health, ILogger log)
{
    private static readonly ServiceState Ping = new("WATCHDOG=1");

    private bool _wasWell = true;

    /// <summary>How often systemd wants to hear from this process; null when it does not.</summary>
    public static TimeSpan? FindInterval()
    {
        var forUs = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return forUs && long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }

    /// <summary>Pings until it is told to stop.</summary>
    /// <param name="interval">How often systemd wants to hear from it.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="stop">Ends it.</param>
    public async Task WorkAsync(TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval / 3, time);
        try
        {
            do
            {
                Look();
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The agent stops; systemd's limit for that is another one.
        }
    }

    /// <summary>Pings if all is well.</summary>
    public void Look()
    {
        var trouble = health.FindTrouble();
        if (trouble is null)
        {
            notifier.Notify(Ping);
        }
        else if (_wasWell)
        {
            AgentLog.WatchdogSilent(log, trouble);
        }

        _wasWell = trouble is null;
    }
}
