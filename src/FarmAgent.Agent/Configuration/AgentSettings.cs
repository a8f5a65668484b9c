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

    /// <summary>How suites are run.</summary>
    public RunnerSettings Runner { get; init; } = new();

    /// <summary>How leases go.</summary>
    public LeaseSettings Leases { get; init; } = new();
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
