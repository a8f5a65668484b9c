using System.Net;
using System.Net.Sockets;

namespace FarmAgent.Cli.Tunnels;

/// <summary>A TCP port of this machine's loopback, where programs of this machine find a board's device.</summary>
internal sealed class LoopbackListener : IDisposable
{
    private readonly TcpListener _listener;

    /// <summary>Begins to listen.</summary>
    /// <param name="port">TCP port; 0 for any.</param>
    /// <exception cref="UsageException">It is taken (<c>PORT_TAKEN</c>).</exception>
    public LoopbackListener(int port)
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
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next program.</summary>
    public async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        var socket = await _listener.AcceptSocketAsync(cancellationToken);
        socket.NoDelay = true;
        return socket;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
