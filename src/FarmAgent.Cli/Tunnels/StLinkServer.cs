using System.Net.Sockets;
using FarmAgent.Api;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>Serves programs of this machine that want the board's ST-LINK, one after the other.</summary>
internal sealed class StLinkServer(LoopbackListener listener, FarmClient client, StLinkAttachment attachment, CommandOutput output)
{
    /// <summary>Serves until it is stopped or the lease is over.</summary>
    /// <exception cref="RpcException">The lease is over.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var socket = await listener.AcceptAsync(cancellationToken);
            await using var stream = new NetworkStream(socket);
            await using var connection = new StLinkServerConnection(stream, AttachAsync);
            try
            {
                await connection.ServeAsync(cancellationToken);
            }
            catch (RpcException e) when (!EndsAll(e))
            {
                Tell(e);
            }
            catch (IOException)
            {
                output.Note("The program has disconnected in the middle of a request.");
            }
        }
    }

    private static bool EndsAll(RpcException e) => FarmError.From(e).ExitCode is ExitCodes.LeaseLost or ExitCodes.AgentUnreachable or ExitCodes.NotAuthorised;

    private async Task<StLinkTunnel?> AttachAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StLinkTunnel.OpenAsync(client, attachment, cancellationToken);
        }
        catch (RpcException e) when (!EndsAll(e))
        {
            Tell(e);
            return null;
        }
    }

    private void Tell(RpcException e)
    {
        var error = FarmError.From(e);
        output.Note($"{error.Reason}: {error.Message}");
    }
}
