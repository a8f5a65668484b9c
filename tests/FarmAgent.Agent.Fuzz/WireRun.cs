using System.Globalization;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.V1;
using FarmAgent.TestKit.Processes;
using Grpc.Core;

namespace FarmAgent.Agent.Fuzz;

/// <summary>What a run found.</summary>
/// <param name="Problems">What went wrong; empty when nothing did.</param>
/// <param name="Kinds">How many cases of each kind there were.</param>
/// <param name="Memory">Resident memory before and after, in MiB.</param>
/// <param name="Files">Open files before and after.</param>
internal sealed record WireFindings(IReadOnlyList<string> Problems, IReadOnlyDictionary<string, long> Kinds, (double Before, double After) Memory, (int Before, int After) Files);

/// <summary>
/// A fuzz of the wire against a real agent in a process of its own. It fails when the agent ends, hangs, makes a mistake of its own (AGENT_BUG), keeps connections
/// or memory, or does not answer a right call afterwards.
/// </summary>
internal static class WireRun
{
    // What a run may cost for good: pools and buffers that are filled once.
    private const double MemoryMargin = 48;
    private const int FileMargin = 8;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs cases against a fresh agent.</summary>
    public static async Task<WireFindings> RunAsync(ProgramPair programs, int seed, long first, long count, int jobs, Action<long>? progress = null)
    {
        await using var agent = await AgentProcess.StartAsync(programs);
        if (!AgentAddress.TryParse(agent.Address, out var address))
        {
            throw new InvalidOperationException(agent.Address);
        }

        // The first cases fill pools; what grows after them, grows.
        var warm = new WireSession(address.SocketPath!, seed + 1);
        warm.Run(0, Math.Clamp(count / 10, 200, 20_000), jobs);
        await SettleAsync(agent.Id);
        var (memory, files) = (Memory(agent.Id), Files(agent.Id));
        var session = new WireSession(address.SocketPath!, seed);
        session.Run(first, count, jobs, progress);
        await SettleAsync(agent.Id);
        List<string> problems = [.. warm.Problems, .. session.Problems];
        try
        {
            using var client = new FarmClient(new FarmClientOptions { Address = address });
            await client.Inventory.GetAgentAsync(new GetAgentRequest(), deadline: DateTime.UtcNow + SettleLimit);
            var boards = await client.Inventory.ListBoardsAsync(new ListBoardsRequest(), deadline: DateTime.UtcNow + SettleLimit);
            problems.AddRange(boards.Boards.Where(b => b.Waiting > 0).Select(b => $"{b.Name}: {b.Waiting} callers wait for it who are gone"));
        }
        catch (RpcException e)
        {
            problems.Add($"a right call afterwards: {e.Status}");
        }

        problems.AddRange(agent.Log.Split('\n').Where(l => l.Contains("by a mistake of the agent", StringComparison.Ordinal) || l.Contains("Unhandled exception", StringComparison.Ordinal)).DistinctBy(l => l.IndexOf("\"@x\":", StringComparison.Ordinal) is >= 0 and var at ? l.Substring(at, Math.Min(120, l.Length - at)) : l).Take(20));
        var (memoryAfter, filesAfter) = (Memory(agent.Id), Files(agent.Id));
        if (memoryAfter > memory + MemoryMargin)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"memory grew from {memory:0.0} to {memoryAfter:0.0} MiB"));
        }

        if (filesAfter > files + FileMargin)
        {
            problems.Add($"open files grew from {files} to {filesAfter}");
        }

        return new WireFindings(problems, session.Kinds, (memory, memoryAfter), (files, filesAfter));
    }

    // Connections end a moment after their clients.
    private static async Task SettleAsync(int process)
    {
        var last = int.MaxValue;
        for (var i = 0; i < 60 && Directory.Exists($"/proc/{process}"); i++)
        {
            var now = Files(process);
            if (now >= last && i > 4)
            {
                return;
            }

            last = now;
            await Task.Delay(100);
        }
    }

    // Code that is loaded for the first time is no leak.
    private static int Files(int process) => Directory.Exists($"/proc/{process}/fd")
        ? Directory.GetFileSystemEntries($"/proc/{process}/fd").Count(f => new FileInfo(f).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true)
        : 0;

    private static double Memory(int process) => File.Exists($"/proc/{process}/status")
        ? double.Parse(
            File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1] ?? "0",
            CultureInfo.InvariantCulture) / 1024
        : 0;
}
