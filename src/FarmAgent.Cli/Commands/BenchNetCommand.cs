using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Cli.Sessions;
using FarmAgent.Cli.Tunnels;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl bench wires NET…</c>: nets of a virtual bench for a program of this machine, for administrators.</summary>
internal static class BenchNetCommand
{
    private static readonly Argument<string[]> Nets = new("NET") { Description = "Names of wires, for example PA0", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string> Port = new("--port") { Description = "TCP port on 127.0.0.1; 0 for any", HelpName = "PORT", DefaultValueFactory = _ => "0" };

    public static Command Create() =>
        Verb.Make("wires", "Serve wires to a program: 'NET 0|1 SECONDS' at every change; it sends 'NET high|low|up|down|none'", [Nets, Port], async (context, cancellationToken) =>
        {
            var port = (int)NumberText.Parse(context.Get(Port)!, "--port", ushort.MaxValue);
            var board = await context.BoardAsync(cancellationToken);
            using var listener = new LoopbackListener(port);
            context.Output.Note($"{BoardNames.ToShort(board.Name)}: wires on 127.0.0.1:{listener.Port}; end with Ctrl-C");
            await new NetServer(listener, context.Client, board.Name, context.Get(Nets) ?? [], context.Output).RunAsync(cancellationToken);
            return ExitCodes.Ok;
        });
}
