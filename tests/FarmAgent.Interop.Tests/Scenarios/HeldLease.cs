using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>A lease held over several commands.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private readonly AgentProcess _agent;

    private HeldLease(AgentProcess agent, string name)
    {
        _agent = agent;
        Name = name;
    }

    public string Name { get; }

    public static async Task<HeldLease> TakeAsync(AgentProcess agent) =>
        new(agent, (await agent.FarmctlAsync("lease", "acquire")).Output.Trim());

    public async ValueTask DisposeAsync() => await _agent.FarmctlAsync("lease", "release", Name);
}
