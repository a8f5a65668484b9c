using System.Collections.Concurrent;
using System.Net;
using FarmAgent.Agent.Configuration;
using Microsoft.AspNetCore.Connections;

namespace FarmAgent.Agent.Security;

/// <summary>How many connections there are on a listener, in all and from one address; more are closed before any handshake. Thread-safe.</summary>
internal sealed class ConnectionCap(CallLimits limits)
{
    private readonly ConcurrentDictionary<IPAddress, int> _byAddress = new();
    private int _all;

    /// <summary>Connection middleware that counts.</summary>
    public ConnectionDelegate Middleware(ConnectionDelegate next) => async connection =>
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var all = Interlocked.Increment(ref _all);
        var own = _byAddress.AddOrUpdate(address, 1, (_, n) => n + 1);
        try
        {
            if (all > limits.Connections || own > limits.ConnectionsPerAddress)
            {
                connection.Abort();
                return;
            }

            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _all);
            if (_byAddress.AddOrUpdate(address, 0, (_, n) => n - 1) == 0)
            {
                _byAddress.TryRemove(KeyValuePair.Create(address, 0));
            }
        }
    };
}
