using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FarmAgent.Api.Connections;

/// <summary>Where an agent listens: <c>unix:PATH</c> or <c>HOST:PORT</c>. Prints as it is read.</summary>
public sealed record AgentAddress
{
    /// <summary>The socket of an installed agent.</summary>
    public static AgentAddress Default { get; } = new() { SocketPath = "/run/farm-agent/agent.sock" };

    /// <summary>Path of the Unix socket; null for TCP.</summary>
    public string? SocketPath { get; private init; }

    /// <summary>Host name or address; empty for a Unix socket.</summary>
    public string Host { get; private init; } = "";

    /// <summary>TCP port, 1 to 65535; 0 for a Unix socket.</summary>
    public int Port { get; private init; }

    /// <summary>Reads an address.</summary>
    /// <param name="text"><c>unix:PATH</c> or <c>HOST:PORT</c>; IPv6 hosts in brackets.</param>
    /// <param name="address">The address on success.</param>
    /// <returns>False when the text is neither.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AgentAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            var path = text["unix:".Length..];
            address = path.Length == 0 ? null : new AgentAddress { SocketPath = path };
            return address is not null;
        }

        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
        {
            return false;
        }

        var host = text[..colon].Trim('[', ']');
        address = host.Length == 0 ? null : new AgentAddress { Host = host, Port = port };
        return address is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => SocketPath is not null
        ? "unix:" + SocketPath
        : (Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host) + ":" + Port.ToString(CultureInfo.InvariantCulture);
}
