using System.Net;
using FarmAgent.Agent.Configuration;

namespace FarmAgent.Agent.Metrics;

/// <summary>The listener for figures.</summary>
internal sealed record MetricsSettings
{
    /// <summary>Where it listens; null for not at all.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>File with the secret that readers have to show; null for none, which only 127.0.0.1 and ::1 may be without.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Reads the section.</summary>
    public static MetricsSettings Read(ConfigMap map)
    {
        var text = map.TakeRequiredText("listen");
        IPEndPoint? listen = null;
        if (text.Length > 0 && (!IPEndPoint.TryParse(text, out listen) || listen.Port == 0))
        {
            listen = null;
            map.Complain("listen", $"is '{text}'; write an address with its port, for example 127.0.0.1:9464");
        }

        var token = map.TakeText("token_file");
        if (token is not null && !File.Exists(token))
        {
            map.Complain("token_file", $"is '{token}', which is not there; write the path of a file that holds the secret");
        }

        if (token is null && listen is not null && !IPAddress.IsLoopback(listen.Address))
        {
            map.Complain("listen", $"is {listen}, which others can reach; name a token_file, or listen on 127.0.0.1");
        }

        map.RefuseTheRest();
        return new MetricsSettings { Listen = listen, TokenFile = token };
    }
}
