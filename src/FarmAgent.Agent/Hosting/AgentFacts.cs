using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Hosting;

/// <summary>What the agent says of itself.</summary>
/// <param name="StartTime">When it started.</param>
/// <param name="BootId">The kernel's boot id.</param>
/// <param name="StateDirectory">Where it keeps its state; empty when that ends with the process.</param>
/// <param name="BoardCount">Boards configured.</param>
internal sealed record AgentFacts(DateTimeOffset StartTime, string BootId, string StateDirectory, int BoardCount)
{
    /// <summary>Addresses it listens on; known once it does.</summary>
    public IReadOnlyList<string> Listeners { get; set; } = [];

    /// <summary>True once it ends: calls are refused from then on.</summary>
    public bool IsStopping { get; set; }

    /// <summary>True once it is to stop, but what is at work goes on: calls are served, nothing new is begun.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Tells what is wrong with the agent itself, for a person.</summary>
    public Func<IReadOnlyList<string>> Problems { get; set; } = () => [];

    public Wire.Agent ToWire()
    {
        var agent = new Wire.Agent
        {
            Version = AgentVersion.Text,
            Host = Environment.MachineName,
            StartTime = StartTime.ToTimestamp(),
            BootId = BootId,
            RunnerIsolation = "none",
            StateDirectory = StateDirectory,
            BoardCount = BoardCount,
        };
        agent.Listeners.Add(Listeners);
        agent.Problems.Add(Problems());
        return agent;
    }
}
