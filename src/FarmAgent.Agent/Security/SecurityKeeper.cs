using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Security.Certificates;
using FarmAgent.Agent.Security.Tokens;

namespace FarmAgent.Agent.Security;

/// <summary>Everything by which callers are known, put together: it watches the files, and cuts off calls whose credential has ended.</summary>
internal sealed class SecurityKeeper : IAsyncDisposable
{
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private Task _watch = Task.CompletedTask;

    /// <summary>Reads what there is.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="stateDirectory">The state directory.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="logs">Logs.</param>
    /// <exception cref="AgentException">A file is damaged, or the network would be let in without anybody to be known by (<c>TLS_NO_AUTHENTICATION</c>, …).</exception>
    public SecurityKeeper(AgentSettings settings, string stateDirectory, TimeProvider time, ILoggerFactory logs)
    {
        (_time, _log) = (time, logs.CreateLogger("FarmAgent.Security"));
        Files = new IdentityFiles(stateDirectory);
        Tokens = new TokenStore(Files.Tokens, time);
        Revoked = new RevokedCertificates(Files.Revoked, time);
        Calls = new OpenCalls(time);
        Callers = new CallerResolver(RunTokens, Tokens, Revoked, new UserDatabase(), new RoleBook(settings.Roles), settings.OperatorGroup, time);
        Listener = Files.ListenerOf(settings.Tls);
        Server = Listener is null ? null : new ServerIdentity(Listener, _log);
        if (Server is { KnowsClients: false } && !Tokens.AnyInForce)
        {
            Server.Dispose();
            throw new AgentException(
                "TLS_NO_AUTHENTICATION",
                $"The agent is to listen on {settings.Tls.Listen}, and knows neither an authority of client certificates nor a token: nobody could come in, or everybody. "
                + "Run farm-agent init, or name tls.client_ca in agent.yaml.");
        }
    }

    public IdentityFiles Files { get; }

    public RunTokens RunTokens { get; } = new();

    public TokenStore Tokens { get; }

    public RevokedCertificates Revoked { get; }

    public OpenCalls Calls { get; }

    public CallerResolver Callers { get; }

    /// <summary>The listener for the network; null for none.</summary>
    public TlsSettings? Listener { get; }

    /// <summary>Its certificate; null without a listener.</summary>
    public ServerIdentity? Server { get; }

    /// <summary>Begins to watch.</summary>
    public void Start() => _watch = WatchAsync();

    /// <summary>Reads changed files now.</summary>
    public void Refresh() => Server?.Refresh();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Server?.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(LookPause, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            Refresh();
            Calls.AbortExpired();
        }
    }
}
