using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl agent info</c>.</summary>
internal static class AgentCommands
{
    public static Command Create() => Verb.Group("agent", "The agent itself",
        Verb.Make("info", "Version, host, listeners, and who you are to the agent", [], async (context, cancellationToken) =>
        {
            var answer = await context.Client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: cancellationToken);
            context.Output.Result(answer, writer =>
            {
                var agent = answer.Agent;
                writer.WriteLine($"farm-agent {agent.Version} on {agent.Host}, up since {agent.StartTime.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC");
                writer.WriteLine($"boards            {agent.BoardCount}");
                writer.WriteLine($"listeners         {string.Join(", ", agent.Listeners)}");
                writer.WriteLine($"state             {(agent.StateDirectory.Length > 0 ? agent.StateDirectory : "ends with the process")}");
                writer.WriteLine($"runner isolation  {agent.RunnerIsolation}");
                writer.WriteLine($"boot id           {agent.BootId}");
                foreach (var problem in agent.Problems)
                {
                    writer.WriteLine($"PROBLEM           {problem}");
                }

                writer.WriteLine($"you are           {answer.Caller.Identity}, {WireNames.Of(answer.Caller.Role)}");
            });
            return ExitCodes.Ok;
        }));
}
