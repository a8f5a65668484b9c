using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;

namespace FarmAgent.Leases.Fuzz;

/// <summary>Somebody who leases boards: what he believes, and the rights that work of his still carries.</summary>
internal sealed class FuzzClient(string name)
{
    public string Name => name;

    /// <summary>The lease that he believes to hold.</summary>
    public Lease? Lease { get; set; }

    /// <summary>He waits in line.</summary>
    public Task<AcquireOutcome>? Asking { get; set; }

    public CancellationTokenSource Gone { get; set; } = new();

    /// <summary>Rights that were given once and never forgotten: a stream, a run, a job in a queue.</summary>
    public List<(LeaseToken Token, string Lease, string Board)> Kept { get; } = [];

    public List<LeaseOperation> Operations { get; } = [];

    /// <summary>The network to him is cut: he can ask for nothing, but work of his in the agent goes on.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>The agent died: what it did for him is gone.</summary>
    public void AgentDied()
    {
        Kept.Clear();
        Operations.Clear();
        Asking = null;
    }
}
