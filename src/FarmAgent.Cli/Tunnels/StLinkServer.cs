using System.Net;
using System.Net.Sockets;
using FarmAgent.Api;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>Listens on this machine's loopback for programs that want the board's ST-LINK, and serves one after the other.</summary>
internal sealed class StLinkServer(FarmClient client, StLinkAttachment attachment, CommandOutput output) : IDisposable
{
    private TcpListener? _listener;

    /// <summary>Begins to listen.</summary>
    /// <param name="port">TCP port; 0 for any.</param>
    /// <returns>The port.</returns>
    /// <exception cref="UsageException">It is taken (<c>PORT_TAKEN</c>).</exception>
    public int Listen(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new UsageException("PORT_TAKEN", $"127.0.0.1:{port} cannot be listened on ({e.Message}). Choose another by --port, or 0 for any.");
        }

        return ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>Serves until it is stopped or the lease is over.</summary>
    /// <exception cref="RpcException">The lease is over.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var socket = await _listener!.AcceptSocketAsync(cancellationToken);
            socket.NoDelay = true;
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

    /// <inheritdoc/>
    public void Dispose() => _listener?.Dispose();

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
