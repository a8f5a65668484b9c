using Microsoft.AspNetCore.Connections;

namespace FarmAgent.Agent.Security;

/// <summary>By which door a connection came in. One without a mark is nobody's: a new listener must say what it is.</summary>
internal sealed class ListenerMark
{
    /// <summary>127.0.0.1 without authentication, asked for by name.</summary>
    public static ListenerMark InsecureLoopback { get; } = new();

    /// <summary>TLS.</summary>
    public static ListenerMark Network { get; } = new();

    private ListenerMark()
    {
    }

    /// <summary>Connection middleware that leaves the mark.</summary>
    public ConnectionDelegate Middleware(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(this);
        return next(connection);
    };
}
