using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace FarmAgent.Agent.Configuration;

/// <summary>Addresses to listen on: an address of this host and a port.</summary>
internal static class ListenAddress
{
    /// <summary>Reads <c>0.0.0.0:7443</c>, <c>[::]:7443</c>, <c>localhost:7443</c> or <c>*:7443</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? host, out int port)
    {
        (host, port) = (null, 0);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65_535)
        {
            return false;
        }

        var name = text[..colon];
        host = name switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.IPv6Any,
            _ when name.StartsWith('[') == name.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(name.Trim('[', ']'), out var parsed) => parsed,
            _ => null,
        };
        return host is not null;
    }
}
