using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.V1;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Benchmarks;

/// <summary>What the native daemon costs: start, memory after work, and one whole command.</summary>
internal static class AgentBenchmark
{
    private const int StartRuns = 7;
    private const int CommandRuns = 15;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var programs = ProgramPair.Native();
        var starts = new List<double>();

        // The first one also compiles this process's own client, which is not what is measured.
        await FirstAnswerAsync(programs);
        for (var i = 0; i < StartRuns; i++)
        {
            starts.Add(await FirstAnswerAsync(programs));
        }

        // What a farm's board runs: with the listener for the network.
        var folder = Directory.CreateTempSubdirectory("farm-");
        var init = await CommandResult.RunAsync(programs.Agent, ["init", "--state", Path.Combine(folder.FullName, "state")]);
        if (init.ExitCode != 0)
        {
            throw new InvalidOperationException(init.ToString());
        }

        await using var agent = await AgentProcess.StartAsync(programs, folder.FullName, "--virtual", "--clock", "lockstep", "--listen", "127.0.0.1:0");
        await MainJobAsync(agent);
        await Task.Delay(Rest);
        var (resident, anonymous) = Memory(agent.Id);
        var commands = new List<double>();
        for (var i = 0; i < CommandRuns; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var boards = await agent.FarmctlAsync("boards");
            commands.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (boards.ExitCode != 0)
            {
                throw new InvalidOperationException(boards.ToString());
            }
        }

        return
        [
            new Figure($"first RPC answered after exec, median of {StartRuns}", Median(starts), "ms", 100),
            new Figure("RSS 60 s after one flash and one suite, TLS listener on", resident, "MiB", 52),
            new Figure("of it anonymous (RssAnon)", anonymous, "MiB", 24),
            new Figure($"farmctl boards, whole process, median of {CommandRuns}", Median(commands), "ms", 30),
        ];
    }

    private static async Task<double> FirstAnswerAsync(ProgramPair programs)
    {
        var folder = Directory.CreateTempSubdirectory("farm-");
        var socket = Path.Combine(folder.FullName, "agent.sock");
        if (!AgentAddress.TryParse("unix:" + socket, out var address))
        {
            throw new InvalidOperationException(socket);
        }

        var started = Stopwatch.GetTimestamp();
        using var agent = CommandResult.Start(
            programs.Agent, ["--virtual", "--clock", "lockstep", "--state", Path.Combine(folder.FullName, "state"), "--socket", socket]);
        try
        {
            // A gRPC channel backs off after a refused connection, so the listener is awaited by a bare socket.
            while (!await AcceptsAsync(socket))
            {
                if (agent.HasExited)
                {
                    throw new InvalidOperationException($"farm-agent ended with {agent.ExitCode}: {await agent.StandardError.ReadToEndAsync()}");
                }

                await Task.Delay(1);
            }

            using var client = new FarmClient(new FarmClientOptions { Address = address });
            await client.Inventory.GetAgentAsync(new GetAgentRequest());
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        finally
        {
            agent.Kill(entireProcessTree: true);
            await agent.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> AcceptsAsync(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task MainJobAsync(AgentProcess agent)
    {
        var results = Directory.CreateTempSubdirectory("results-");
        var run = await agent.FarmctlAsync(
            "run", "--flash", RepositoryFiles.At("tests/dut-firmware/bin/expander.elf"), "--output", results.FullName,
            RepositoryFiles.At("samples/suites/expander.robot"));
        results.Delete(recursive: true);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException(run.ToString());
        }
    }

    private static (double Resident, double Anonymous) Memory(int process)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        return (MebibytesOf("VmRSS:"), MebibytesOf("RssAnon:"));

        double MebibytesOf(string key) => double.Parse(
            status.First(line => line.StartsWith(key, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
