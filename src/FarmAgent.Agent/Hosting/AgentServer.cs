using System.Net;
using FarmAgent.Agent.Interceptors;
using FarmAgent.Agent.Metrics;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Services;
using FarmAgent.Agent.Tunnels;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FarmAgent.Agent.Hosting;

/// <summary>
/// The gRPC server: HTTP/2 on a Unix socket; on the network with TLS 1.3 and authentication; on 127.0.0.1 without only when that was asked for
/// by name.
/// </summary>
internal static class AgentServer
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Builds the server; it does not listen yet.</summary>
    public static WebApplication Build(AgentOptions options, string socketPath, AgentCore core, TimeProvider time, ILoggerFactory logs)
    {
        // Empty, not slim: nothing is read from appsettings.json, ASPNETCORE_* or the working folder; all there is to configure is our own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "farm-agent" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, socketPath, core));
        builder.Services.Replace(ServiceDescriptor.Singleton(logs));
        if (options.IsProcess)
        {
            builder.Services.AddSystemd();
        }
        else
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        }

        AddServices(builder.Services, core, time, logs);
        var app = builder.Build();
        MetricsListener.Map(app, core.Settings.Metrics);
        Map(app, core);
        return app;
    }

    /// <summary>Addresses that a started server listens on, the Unix socket first.</summary>
    public static IReadOnlyList<string> ListenersOf(WebApplication app, string socketPath)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return ["unix:" + socketPath, .. bound.Where(a => !a.Contains("unix:", StringComparison.Ordinal)).Select(a => new Uri(a).Authority)];
    }

    private static void Configure(KestrelServerOptions kestrel, AgentOptions options, string socketPath, AgentCore core)
    {
        kestrel.AddServerHeader = false;

        // Uploads and watches are as slow as their clients; what bounds them is their own.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 50;
        kestrel.Limits.RequestHeadersTimeout = HandshakeLimit;
        kestrel.Limits.Http2.MaxStreamsPerConnection = core.Limits.CallsPerConnection;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        kestrel.ListenUnixSocket(socketPath, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(PeerCredentials.Middleware);
        });
        if (options.InsecureLoopbackPort is { } port)
        {
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(ListenerMark.InsecureLoopback.Middleware);
            });
        }

        MetricsListener.Configure(kestrel, core.Settings.Metrics);
        if (core.Security is { Listener: { } tls, Server: { } server })
        {
            kestrel.Listen(tls.Host, tls.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(ListenerMark.Network.Middleware);
                listen.Use(new ConnectionCap(core.Limits).Middleware);
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(server.OptionsOf()),
                    HandshakeTimeout = HandshakeLimit,
                });
            });
        }
    }

    private static void AddServices(IServiceCollection services, AgentCore core, TimeProvider time, ILoggerFactory logs)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = 2 * 1024 * 1024;
            grpc.Interceptors.Add<CallInterceptor>();
        });
        services.AddGrpcReflection();
        MetricsListener.AddServices(services, core.Settings.Metrics);
        services.AddSingleton(provider => new CallInterceptor(
            core.Security.Callers, core.Security.Calls, core.Observations, core.Facts, new CallPace(core.Limits, time), core.Limits, core.Audit, time, core.Metrics,
            provider.GetRequiredService<ILogger<CallInterceptor>>()));
        var gate = new LeaseGate(core.Leases, core.Fleet);
        services.AddSingleton(new InventoryGrpcService(core.Facts, core.Fleet, core.Leases, core.Contents, core.Changes));
        services.AddSingleton(new LeaseGrpcService(core.Leases, gate, core.Runs, core.Changes));
        services.AddSingleton(new FlashGrpcService(core.Flasher, core.Operations, core.Images, core.Receipts, gate));
        services.AddSingleton(new DebugGrpcService(gate, core.Contents));
        services.AddSingleton(new I2cGrpcService(gate, core.Evidence, core.Observations));
        services.AddSingleton(new GpioGrpcService(gate, core.Benches, time));
        services.AddSingleton(new InstrumentGrpcService(gate, core.Evidence, core.Observations));
        services.AddSingleton(new PowerGrpcService(gate));
        services.AddSingleton(new SerialGrpcService(gate, core.Benches));
        services.AddSingleton(new CheckGrpcService(gate, core.Checker, core.Quarantines));
        services.AddSingleton(new TraceGrpcService(gate, core.Traces));
        services.AddSingleton(new TunnelGrpcService(gate, core.Benches, core.Contents, core.Tunnels, new GdbFlash(core.Flasher, core.Images), core.Signatures));
        services.AddSingleton(new RunGrpcService(core.Runs, core.RunRecords, core.Suites, gate));
        services.AddSingleton(new BenchGrpcService(core.Benches, core.Fleet, gate, core.Changes, time));
        services.AddSingleton(new SecurityGrpcService(core.Security, logs.CreateLogger<SecurityGrpcService>()));
        services.AddSingleton(new AuditGrpcService(core.Audit));
        services.AddSingleton(core.Health);
    }

    private static void Map(WebApplication app, AgentCore core)
    {
        app.MapGrpcService<InventoryGrpcService>();
        app.MapGrpcService<LeaseGrpcService>();
        app.MapGrpcService<FlashGrpcService>();
        app.MapGrpcService<DebugGrpcService>();
        app.MapGrpcService<I2cGrpcService>();
        app.MapGrpcService<GpioGrpcService>();
        app.MapGrpcService<InstrumentGrpcService>();
        app.MapGrpcService<PowerGrpcService>();
        app.MapGrpcService<SerialGrpcService>();
        app.MapGrpcService<CheckGrpcService>();
        app.MapGrpcService<TraceGrpcService>();
        app.MapGrpcService<TunnelGrpcService>();
        app.MapGrpcService<RunGrpcService>();
        app.MapGrpcService<BenchGrpcService>();
        app.MapGrpcService<SecurityGrpcService>();
        app.MapGrpcService<AuditGrpcService>();
        app.MapGrpcService<HealthServiceImpl>();
        app.MapGrpcReflectionService();
        core.Health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
    }

    /// <summary>Of an agent inside another program: that program's signals are its own.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
