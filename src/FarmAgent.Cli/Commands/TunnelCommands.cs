using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using FarmAgent.Cli.Tunnels;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl tunnel …</c>: a board's devices for programs of this machine, under a lease.</summary>
internal static class TunnelCommands
{
    private static readonly Option<string> Port = new("--port")
    {
        Description = "TCP port on 127.0.0.1; 0 for any",
        HelpName = "PORT",
        DefaultValueFactory = _ => "7184",
    };

    public static Command Create() => Verb.Group("tunnel", "A board's devices for programs on this machine",
        Verb.Make("stlink", "Serve the board's ST-LINK as ST's stlink-server does (OpenOCD: st-link backend tcp)", [Port], ServeStLinkAsync));

    private static async Task<int> ServeStLinkAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var port = (int)NumberText.Parse(context.Get(Port)!, "--port", ushort.MaxValue);
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("tunnel stlink", cancellationToken);
        using var server = new StLinkServer(
            context.Client, new StLinkAttachment { Board = board.Name, Lease = lease.Name, Tool = "farmctl tunnel stlink" }, context.Output);
        context.Output.Note($"{BoardNames.ToShort(board.Name)}: ST-LINK on 127.0.0.1:{server.Listen(port)}; end with Ctrl-C");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            await server.RunAsync(end.Token);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            context.Output.Error(
                "LEASE_LOST", $"The lease of {BoardNames.ToShort(board.Name)} is over, so the ST-LINK is served no longer. Start the tunnel again.", [], ExitCodes.LeaseLost);
            return ExitCodes.LeaseLost;
        }

        return ExitCodes.Ok;
    }
}
