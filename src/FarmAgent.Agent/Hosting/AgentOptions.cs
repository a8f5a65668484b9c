namespace FarmAgent.Agent.Hosting;

/// <summary>What the command line asks for.</summary>
public sealed record AgentOptions
{
    /// <summary>Default path of the configuration.</summary>
    public const string DefaultConfig = "/etc/farm-agent/agent.yaml";

    /// <summary>Path of <c>agent.yaml</c>; null for the default, which need not be there.</summary>
    public string? Config { get; init; }

    /// <summary>Folder of the board files; null for what the configuration says.</summary>
    public string? Boards { get; init; }

    /// <summary>Bench files, each of which is served as a board or several, besides what is configured.</summary>
    public IReadOnlyList<string> Benches { get; init; } = [];

    /// <summary>State directory; null for what the configuration says, or a temporary one with <see cref="Virtual"/>.</summary>
    public string? State { get; init; }

    /// <summary>Path of the Unix socket; null for what the configuration says.</summary>
    public string? Socket { get; init; }

    /// <summary>TCP port on 127.0.0.1 without authentication; null for none, 0 for a free one.</summary>
    public int? InsecureLoopbackPort { get; init; }

    /// <summary>Where to listen for the network, HOST:PORT, with TLS and authentication; null for what the configuration says.</summary>
    public string? Listen { get; init; }

    /// <summary>True serves the built-in virtual bench as board <c>b1</c> and reads no configuration.</summary>
    public bool Virtual { get; init; }

    /// <summary>True lets the built-in bench follow the wall clock, false runs it in lockstep.</summary>
    public bool RealtimeClock { get; init; } = true;

    /// <summary>True reads and checks the configuration, prints every problem, and ends.</summary>
    public bool CheckConfig { get; init; }

    /// <summary>True starts, asks itself one question over its socket, and ends.</summary>
    public bool SelfTest { get; init; }

    /// <summary>True when the agent is a process of its own: it listens to signals and to systemd, and logs to the console.</summary>
    public bool IsProcess { get; init; }
}
