using System.Runtime.InteropServices;
using FarmAgent.Agent.Audits;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Security.Setup;
using FarmAgent.Agent.Stores;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Hosting;

/// <summary>What <c>farm-agent</c> does from its command line to its exit code.</summary>
internal static class AgentProgram
{
    private const int Ok = 0;
    private const int Failed = 1;

    // sysexits.h: EX_CONFIG.
    private const int BadConfiguration = 78;

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = CommandLine.Parse(args);
        var (options, text, exitCode) = parsed;
        if (parsed.Init is { } init)
        {
            return await InitAsync(init);
        }

        if (parsed.VerifyAudit is { } folder)
        {
            return AuditCheck.Run(folder, Console.Out);
        }

        if (options is null)
        {
            await (exitCode == Ok ? Console.Out : Console.Error).WriteAsync(text);
            return exitCode;
        }

        try
        {
            return options.CheckConfig ? await CheckAsync(options) : await ServeAsync(options);
        }
        catch (FarmException e)
        {
            await Console.Error.WriteLineAsync($"{e.Reason}: {e.Message}");
            return e.Reason is "CONFIG_INVALID" or "TLS_NOT_SET_UP" or "TLS_NO_AUTHENTICATION" or "BENCH_INVALID" or "BENCH_FILE_INVALID" ? BadConfiguration : Failed;
        }
        catch (IOException e)
        {
            // Kestrel could not bind: the port is taken, or the folder of the socket is not ours.
            await Console.Error.WriteLineAsync($"LISTEN_FAILED: {e.Message} Name another --socket or --insecure-loopback.");
            return Failed;
        }
    }

    private static async Task<int> InitAsync(InitOptions init)
    {
        try
        {
            var configuration = AgentConfiguration.Read(new AgentOptions { Config = init.Config, State = init.State }, out _);

            // Held meanwhile: an agent at work has the same files in hand.
            using var state = StateFolder.Open(configuration.StatePath);
            new AgentIdentity(init, configuration.Settings, new IdentityFiles(state.Path), TimeProvider.System, Console.Out).Make();
            return Ok;
        }
        catch (FarmException e)
        {
            await Console.Error.WriteLineAsync($"{e.Reason}: {e.Message}");
            return Failed;
        }
    }

    private static async Task<int> CheckAsync(AgentOptions options)
    {
        var configuration = AgentConfiguration.Read(options, out var problems);
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        if (problems.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{problems.Count} {(problems.Count == 1 ? "problem" : "problems")}");
            return BadConfiguration;
        }

        await Console.Out.WriteLineAsync($"boards: {string.Join(", ", configuration.Inventory.Boards.Select(b => b.Name))}");
        return Ok;
    }

    private static async Task<int> ServeAsync(AgentOptions options)
    {
        await using var host = await AgentHost.StartAsync(options, time: null, CancellationToken.None);
        if (options.SelfTest)
        {
            return await SelfTest.RunAsync(host, Console.Out);
        }

        // Changed certificates are found within seconds by themselves; the rest of the configuration is read again on SIGHUP.
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            host.Reload(options);
        });
        await host.WaitForShutdownAsync(CancellationToken.None);
        return Ok;
    }
}
