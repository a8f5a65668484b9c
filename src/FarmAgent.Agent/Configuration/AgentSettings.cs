using FarmAgent.Agent.Audits;
using FarmAgent.Agent.Metrics;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Traces;

namespace FarmAgent.Agent.Configuration;

/// <summary>What <c>agent.yaml</c> says. Options of the command line outrank the places in it.</summary>
internal sealed record AgentSettings
{
    /// <summary>Folder of the board files; null for the default.</summary>
    public string? Boards { get; init; }

    /// <summary>Bench files (full paths), each of which is served as a board or several.</summary>
    public IReadOnlyList<string> Benches { get; init; } = [];

    /// <summary>State directory; null for the default.</summary>
    public string? State { get; init; }

    /// <summary>Path of the Unix socket; null for the default.</summary>
    public string? Socket { get; init; }

    /// <summary>Group whose members are operators.</summary>
    public string OperatorGroup { get; init; } = "farm";

    /// <summary>True lets virtual boards stand beside real ones.</summary>
    public bool AllowVirtual { get; init; }

    /// <summary>Memory of each board's flight recorder, in bytes.</summary>
    public int TraceBytes { get; init; } = FlightRecorder.DefaultBytes;

    /// <summary>Faults of the bench in a row after which a board is put into quarantine; 0 for never.</summary>
    public int QuarantineAfter { get; init; } = 5;

    /// <summary>The listener for figures.</summary>
    public MetricsSettings Metrics { get; init; } = new();

    /// <summary>How the agent stops.</summary>
    public ShutdownSettings Shutdown { get; init; } = new();

    /// <summary>How suites are run.</summary>
    public RunnerSettings Runner { get; init; } = new();

    /// <summary>How much is kept in the state directory.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>How leases go.</summary>
    public LeaseSettings Leases { get; init; } = new();

    /// <summary>The listener for the network.</summary>
    public TlsFileSettings Tls { get; init; } = new();

    /// <summary>Roles of people who come by certificate or by the socket.</summary>
    public IReadOnlyList<RoleEntry> Roles { get; init; } = [];

    /// <summary>How much of the audit is kept.</summary>
    public AuditSettings Audit { get; init; } = new();

    /// <summary>What bounds callers.</summary>
    public CallLimits Limits { get; init; } = new();
}

/// <summary>The listener for the network, as written; what is left out is found in the state directory, where <c>farm-agent init</c> puts it.</summary>
internal sealed record TlsFileSettings
{
    /// <summary>Where to listen, HOST:PORT; null for nowhere.</summary>
    public string? Listen { get; init; }

    /// <summary>Full path of the certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>Full path of its key.</summary>
    public string? Key { get; init; }

    /// <summary>Full path of the authorities that sign client certificates.</summary>
    public string? ClientAuthority { get; init; }
}

/// <summary>What bounds callers. The defaults leave room for a farm of 16 boards and 200 clients.</summary>
internal sealed record CallLimits
{
    /// <summary>Connections at a time on each listener for the network.</summary>
    public int Connections { get; init; } = 1_000;

    /// <summary>Connections at a time from one address of the network.</summary>
    public int ConnectionsPerAddress { get; init; } = 300;

    /// <summary>Calls at a time on one connection.</summary>
    public int CallsPerConnection { get; init; } = 100;

    /// <summary>Calls a second that one identity may begin over the network, in the long run; a burst of twice as many passes.</summary>
    public int CallsPerSecond { get; init; } = 1_000;

    /// <summary>How long a client may leave a stream's message unread.</summary>
    public TimeSpan SlowClient { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>How suites are run.</summary>
internal sealed record RunnerSettings
{
    /// <summary>The program that runs suites, <c>farmctl</c>; null to look for it beside the agent.</summary>
    public string? Command { get; init; }

    /// <summary>Longest time that a run may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long a run that was told to stop may take for its teardowns.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(15);
}
