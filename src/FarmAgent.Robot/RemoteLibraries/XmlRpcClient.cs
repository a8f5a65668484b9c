using System.Net.Http.Headers;
using System.Net.Sockets;

namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>Calls methods of a server by XML-RPC.</summary>
internal sealed class XmlRpcClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _address;

    /// <summary>Makes a client.</summary>
    /// <param name="uri">Address of the server.</param>
    /// <param name="timeout">How long a call may take; <see langword="null"/>: as long as the keyword may.</param>
    public XmlRpcClient(string uri, TimeSpan? timeout)
    {
        // A URI without any path means the usual one.
        _address = uri.IndexOf('/', uri.IndexOf("://", StringComparison.Ordinal) + 3) < 0 ? new Uri(uri + "/RPC2") : new Uri(uri);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero, ConnectTimeout = timeout ?? TimeSpan.FromMinutes(2) })
        {
            // A server that speaks HTTP/1.0 closes every connection: none is kept for the next call.
            Timeout = timeout ?? Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Calls a method.</summary>
    /// <exception cref="XmlRpcFaultException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public object? Call(string method, IReadOnlyList<object?> arguments, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(XmlRpcWriter.Write(method, arguments)) };
        request.Headers.ConnectionClose = true;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        try
        {
            using var response = _client.Send(request, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw new XmlRpcFaultException(
                    $"<ProtocolError for {_address.Authority}{_address.AbsolutePath}: {(int)response.StatusCode} {response.ReasonPhrase}>", XmlRpcFaultKind.Protocol);
            }

            using var reader = new StreamReader(response.Content.ReadAsStream(cancellation), System.Text.Encoding.UTF8);
            return XmlRpcReader.Read(reader.ReadToEnd());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new XmlRpcFaultException("timed out", XmlRpcFaultKind.Connection);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new XmlRpcFaultException(Describe(error), XmlRpcFaultKind.Connection);
        }
    }

    public void Dispose() => _client.Dispose();

    // In the words of the original, which are those of the system.
    private static string Describe(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => "[Errno 111] Connection refused",
                    SocketError.ConnectionReset => "[Errno 104] Connection reset by peer",
                    SocketError.HostNotFound => "[Errno -2] Name or service not known",
                    SocketError.TryAgain => "[Errno -3] Temporary failure in name resolution",
                    SocketError.NetworkUnreachable => "[Errno 101] Network is unreachable",
                    SocketError.HostUnreachable => "[Errno 113] No route to host",
                    SocketError.TimedOut => "timed out",
                    _ => socket.Message,
                };
            }
        }

        return error is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } || error.InnerException is HttpIOException
            ? "Remote end closed connection without response"
            : error.Message;
    }
}
