using System.Net;
using System.Net.Sockets;

namespace FarmAgent.Api.Connections;

/// <summary>Opens the socket under a channel, and says in plain words why it cannot: the HTTP client's own words name a made-up host.</summary>
internal sealed class AgentDialer(AgentAddress address)
{
    public async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = address.SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            EndPoint endPoint = address.SocketPath is null
                ? new DnsEndPoint(address.Host, address.Port)
                : new UnixDomainSocketEndPoint(address.SocketPath);
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new AgentUnreachableException(address, Explain(e), e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            socket.Dispose();
            throw new AgentUnreachableException(
                address, $"Cannot connect to {address}: the path is longer than a Unix socket's may be (107 bytes). Use a shorter one.", e);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private string Explain(SocketException e)
    {
        var next = (address.SocketPath, e.SocketErrorCode) switch
        {
            // A missing path is reported as AddressNotAvailable (ENOENT has no name of its own among the socket errors).
            (not null, SocketError.AddressNotAvailable) when !File.Exists(address.SocketPath) =>
                "there is no such socket. Is farm-agent running? Start it, or name another with --agent or FARM_AGENT.",
            (not null, SocketError.ConnectionRefused) =>
                "the socket is there, but nobody listens. Did farm-agent stop? See its log, or start it again.",
            (not null, SocketError.AccessDenied) => "permission denied. Ask for access to the folder of the socket.",
            (null, SocketError.ConnectionRefused) => "connection refused. Is farm-agent running there, and with this port?",
            (null, SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData) => "no such host. Check the name.",
            _ => $"{e.Message}. Check the address and the network.",
        };
        return $"Cannot connect to {address}: {next}";
    }
}
