using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenTelemetry.Metrics;

namespace FarmAgent.Agent.Metrics;

/// <summary>Serves the figures as Prometheus text, on a listener of their own and to those who show the secret. Not there unless configured.</summary>
internal static class MetricsListener
{
    private const string Path = "/metrics";
    private const string Scheme = "Bearer ";

    public static void Configure(KestrelServerOptions kestrel, MetricsSettings settings)
    {
        if (settings.Listen is { } listen)
        {
            kestrel.Listen(listen, options => options.Protocols = HttpProtocols.Http1);
        }
    }

    public static void AddServices(IServiceCollection services, MetricsSettings settings)
    {
        if (settings.Listen is not null)
        {
            services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(AgentMetrics.MeterName, "System.Runtime").AddPrometheusExporter());
        }
    }

    public static void Map(WebApplication app, MetricsSettings settings)
    {
        if (settings.Listen is not { } listen)
        {
            return;
        }

        var secret = settings.TokenFile is { } file ? SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(file).Trim())) : null;
        app.MapWhen(context => context.Connection.LocalPort == listen.Port && context.Request.Protocol != "HTTP/2", branch =>
        {
            branch.Use(async (context, next) =>
            {
                if (!IsAllowed(context.Request, secret))
                {
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    context.Response.Headers.WWWAuthenticate = "Bearer";
                }
                else if (context.Request.Path != Path)
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                }
                else
                {
                    await next(context);
                }
            });
            branch.UseOpenTelemetryPrometheusScrapingEndpoint();
        });
    }

    private static bool IsAllowed(HttpRequest request, byte[]? secret)
    {
        var shown = request.Headers.Authorization.ToString();
        return secret is null
            || (shown.StartsWith(Scheme, StringComparison.Ordinal)
                && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown[Scheme.Length..])), secret));
    }
}
