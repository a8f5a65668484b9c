using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Agent.Hosting;

/// <summary>Asks the agent over its own socket what it serves: proves that it starts, listens and answers as it is installed.</summary>
internal static class SelfTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Asks, and prints the answer.</summary>
    /// <returns>0 when it answered.</returns>
    public static async Task<int> RunAsync(AgentHost host, TextWriter output)
    {
        if (!AgentAddress.TryParse(host.Address, out var address))
        {
            await output.WriteLineAsync($"self-test failed: {host.Address} is no address");
            return 1;
        }

        using var client = new FarmClient(new FarmClientOptions { Address = address });
        try
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + Limit;
            await host.BoardsReady.WaitAsync(Limit);
            var agent = await client.Inventory.GetAgentAsync(new GetAgentRequest(), deadline: deadline);
            var boards = await client.Inventory.ListBoardsAsync(new ListBoardsRequest(), deadline: deadline);
            await output.WriteLineAsync($"farm-agent {agent.Agent.Version} answers {agent.Caller.Identity} on {host.Address}");
            foreach (var board in boards.Boards)
            {
                var problems = board.Problems.Count == 0 ? "no problems" : string.Join("; ", board.Problems);
                await output.WriteLineAsync($"{board.Name}: {board.State.ToString().ToUpperInvariant()}, {problems}");
            }

            return 0;
        }
        catch (RpcException e)
        {
            await output.WriteLineAsync($"self-test failed: {FarmError.From(e)}");
            return 1;
        }
        catch (TimeoutException)
        {
            await output.WriteLineAsync($"self-test failed: the boards were not ready after {Limit.TotalSeconds:0} s");
            return 1;
        }
    }
}
