using System.Globalization;
using FarmAgent.Agent.Security.Setup;

namespace FarmAgent.Agent.Hosting;

/// <summary>What to do after the command line was read: run with options, or print a text and end.</summary>
/// <param name="Options">How to run; null to end.</param>
/// <param name="Text">What to print before ending.</param>
/// <param name="ExitCode">How to end.</param>
internal sealed record CommandLineResult(AgentOptions? Options, string Text, int ExitCode)
{
    /// <summary>How to make the agent's identity; null not to.</summary>
    public InitOptions? Init { get; init; }

    /// <summary>Folder of an audit to verify; null not to.</summary>
    public string? VerifyAudit { get; init; }
}

/// <summary>The command line of <c>farm-agent</c>.</summary>
internal static class CommandLine
{
    public const int UsageExitCode = 2;

    public const string Help = """
        Usage: farm-agent [options]
               farm-agent init [options]       make keys, certificates and the first token; init --help says more
               farm-agent audit verify DIR     check the chain of an audit (the state directory's 'audit')

        Serves the boards of this host over gRPC on a Unix socket, and on the network where that is configured.

          --config FILE             configuration (default /etc/farm-agent/agent.yaml)
          --boards DIR              folder of the board files (default /etc/farm-agent/boards.d)
          --state DIR               where leases, receipts and runs are kept (default /var/lib/farm-agent)
          --socket PATH             Unix socket to listen on (default /run/farm-agent/agent.sock)
          --listen HOST:PORT        listen on the network too, with TLS 1.3 and authentication (farm-agent init makes what it needs)
          --insecure-loopback PORT  listen on 127.0.0.1 too, WITHOUT authentication: every local user is an operator
          --virtual                 serve the built-in virtual bench as board b1; no hardware, no configuration needed
          --bench FILE              serve a bench file as a board, or several with 'copies:'; may be given often
          --clock realtime|lockstep how time passes on the virtual bench (default realtime)
          --check-config            read the configuration, print every problem, and end (78 if there is one)
          --self-test               start, answer one call of its own, and end
          --version                 print the version and end
          --help                    print this and end

        """;

    public static CommandLineResult Parse(IReadOnlyList<string> args)
    {
        if (args is ["init", ..])
        {
            var (init, text, exitCode) = InitCommandLine.Parse([.. args.Skip(1)]);
            return new CommandLineResult(null, text, exitCode) { Init = init };
        }

        if (args is ["audit", "verify", ..])
        {
            return args.Count == 3 ? new CommandLineResult(null, "", 0) { VerifyAudit = args[2] } : Usage("farm-agent audit verify needs the folder of the audit: DIR, the state directory's 'audit'.");
        }

        var options = new AgentOptions { IsProcess = true };
        string? clock = null;
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            switch (name)
            {
                case "--help" or "-h":
                    return new CommandLineResult(null, Help, 0);
                case "--version":
                    return new CommandLineResult(null, $"farm-agent {AgentVersion.Text}\n", 0);
                case "--virtual" or "--check-config" or "--self-test" when value is not null:
                    return Usage($"{name} takes no value.");
                case "--virtual":
                    options = options with { Virtual = true };
                    continue;
                case "--check-config":
                    options = options with { CheckConfig = true };
                    continue;
                case "--self-test":
                    options = options with { SelfTest = true };
                    continue;
            }

            if (name is not ("--config" or "--boards" or "--state" or "--socket" or "--insecure-loopback" or "--clock" or "--bench" or "--listen"))
            {
                return Usage($"'{args[i]}' is no option of farm-agent.");
            }

            value ??= ++i < args.Count ? args[i] : null;
            if (string.IsNullOrEmpty(value))
            {
                return Usage($"{name} needs a value.");
            }

            switch (name)
            {
                case "--config":
                    options = options with { Config = value };
                    break;
                case "--boards":
                    options = options with { Boards = value };
                    break;
                case "--state":
                    options = options with { State = value };
                    break;
                case "--socket":
                    options = options with { Socket = value };
                    break;
                case "--listen":
                    options = options with { Listen = value };
                    break;
                case "--clock":
                    clock = value;
                    break;
                case "--bench":
                    options = options with { Benches = [.. options.Benches, value] };
                    break;
                default:
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65_535)
                    {
                        return Usage($"--insecure-loopback is '{value}'; write a port from 0 (any free one) to 65535.");
                    }

                    options = options with { InsecureLoopbackPort = port };
                    break;
            }
        }

        return WithClock(options, clock);
    }

    private static CommandLineResult WithClock(AgentOptions options, string? clock) => clock switch
    {
        null => new CommandLineResult(options, "", 0),
        _ when !options.Virtual => Usage("--clock is for --virtual; board files have 'clock:' in their bench file."),
        "realtime" => new CommandLineResult(options, "", 0),
        "lockstep" => new CommandLineResult(options with { RealtimeClock = false }, "", 0),
        _ => Usage($"--clock is '{clock}'; write realtime or lockstep."),
    };

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static CommandLineResult Usage(string problem) => new(null, $"{problem}\nfarm-agent --help lists the options.\n", UsageExitCode);
}
