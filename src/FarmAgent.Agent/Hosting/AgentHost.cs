using FarmAgent.Agent.Health;
using FarmAgent.Agent.Stores;
using Microsoft.Extensions.Hosting.Systemd;

namespace FarmAgent.Agent.Hosting;

/// <summary>A running agent: its boards, and the servers that listen for it. Disposal stops both, in bounded time.</summary>
public sealed class AgentHost : IAsyncDisposable
{
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly AgentCore _core;
    private readonly StateFolder _state;
    private readonly ILoggerFactory _logs;
    private readonly string _socketPath;
    private readonly CancellationTokenSource _watchdogStop = new();
    private Task _watchdog = Task.CompletedTask;
    private bool _disposed;

    private AgentHost(WebApplication app, AgentCore core, StateFolder state, ILoggerFactory logs, string socketPath) =>
        (_app, _core, _state, _logs, _socketPath) = (app, core, state, logs, socketPath);

    /// <summary>Address of the Unix socket, <c>unix:PATH</c>.</summary>
    public string Address => "unix:" + _socketPath;

    /// <summary>Addresses it listens on, the Unix socket first.</summary>
    public IReadOnlyList<string> Listeners => _core.Facts.Listeners;

    /// <summary>Completes when all boards are in their safe state and can be had; calls are served before.</summary>
    public Task BoardsReady => _core.Ready;

    internal AgentCore Core => _core;

    /// <summary>Starts an agent and returns when it listens.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="time">Wall time; null for the system's.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="AgentException">It cannot start (<c>CONFIG_INVALID</c>, <c>STATE_IN_USE</c>, <c>STATE_UNUSABLE</c>, <c>SOCKET_IN_USE</c>, <c>SOCKET_UNUSABLE</c>).</exception>
    public static async Task<AgentHost> StartAsync(AgentOptions options, TimeProvider? time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var configuration = AgentConfiguration.ReadOrThrow(options);
        var state = StateFolder.Open(configuration.StatePath);
        var logs = AgentLogging.CreateFactory(options);
        AgentCore? core = null;
        WebApplication? app = null;
        var isStarted = false;
        try
        {
            var socketPath = configuration.SocketPath is { } path ? Path.GetFullPath(path) : state.At("agent.sock");
            SocketFile.Prepare(socketPath);
            core = new AgentCore(configuration, options, state, time ?? TimeProvider.System, logs);
            app = AgentServer.Build(options, socketPath, core, time ?? TimeProvider.System, logs);
            await core.LoadAsync(cancellationToken);
            await app.StartAsync(cancellationToken);
            SocketFile.Open(socketPath);
            core.Facts.Listeners = AgentServer.ListenersOf(app, socketPath);
            core.Start();
            var log = logs.CreateLogger("FarmAgent");
            var listeners = string.Join(", ", core.Facts.Listeners);
            AgentLog.Started(log, AgentVersion.Text, configuration.Inventory.Boards.Count, listeners, state.Path);
            if (options.InsecureLoopbackPort is not null)
            {
                AgentLog.Insecure(log, listeners);
            }

            isStarted = true;
            var host = new AgentHost(app, core, state, logs, socketPath);
            host.StartWatchdog(time ?? TimeProvider.System, log);
            return host;
        }
        finally
        {
            if (!isStarted)
            {
                await CleanUpAsync(app, core, logs, state);
            }
        }
    }

    /// <summary>Waits until the process is told to stop.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        var log = _logs.CreateLogger("FarmAgent");
        var notifier = _app.Services.GetService<ISystemdNotifier>();
        await _core.DrainAsync(limit => notifier?.Notify(new ServiceState(FormattableString.Invariant($"EXTEND_TIMEOUT_USEC={(limit + StopMargin).TotalMicroseconds:0}"))));
        AgentLog.Stopping(log);
        await _watchdogStop.CancelAsync();
        await _watchdog;
        _watchdogStop.Dispose();
        File.Delete(_socketPath);
        await CleanUpAsync(_app, _core, _logs, _state);
    }

    /// <summary>Reads the configuration again and takes over what can change while the agent runs; one with mistakes changes nothing.</summary>
    internal void Reload(AgentOptions options)
    {
        var log = _logs.CreateLogger("FarmAgent");
        var configuration = AgentConfiguration.Read(options, out var problems);
        if (problems.Count > 0)
        {
            AgentLog.NotReloaded(log, string.Join("; ", problems));
            return;
        }

        _core.Reload(configuration.Settings);
        AgentLog.Reloaded(log);
    }

    private void StartWatchdog(TimeProvider time, ILogger log)
    {
        if (Watchdog.FindInterval() is { } interval && _app.Services.GetService<ISystemdNotifier>() is { IsEnabled: true } notifier)
        {
            _watchdog = new Watchdog(notifier, _core.Works, log).WorkAsync(interval, time, _watchdogStop.Token);
        }
    }

    // Work first, so that those who watch it see how it ended; then the connections.
    private static async Task CleanUpAsync(WebApplication? app, AgentCore? core, ILoggerFactory logs, StateFolder state)
    {
        if (core is not null)
        {
            await core.DisposeAsync();
        }

        if (app is not null)
        {
            using var limit = new CancellationTokenSource(ShutdownLimit);
            await app.StopAsync(limit.Token);
            await app.DisposeAsync();
        }

        logs.Dispose();
        state.Dispose();
    }
}
