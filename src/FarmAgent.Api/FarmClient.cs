using FarmAgent.Api.Connections;
using FarmAgent.Api.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace FarmAgent.Api;

/// <summary>
/// A connection to one agent with the clients of all its services. Nothing is sent until the first call; a call that finds no agent fails
/// with an <see cref="RpcException"/> that <see cref="Errors.FarmError.From(Exception)"/> explains (<c>AGENT_UNREACHABLE</c>). Thread-safe.
/// </summary>
public sealed class FarmClient : IDisposable
{
    private readonly GrpcChannel _channel;

    /// <summary>Makes a client; does not connect yet.</summary>
    /// <param name="options">Where and as whom.</param>
    public FarmClient(FarmClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Address = options.Address;
        _channel = GrpcChannel.ForAddress(BaseAddressOf(options), ChannelOptionsOf(options));
        var invoker = _channel.CreateCallInvoker();
        Inventory = new InventoryService.InventoryServiceClient(invoker);
        Leases = new LeaseService.LeaseServiceClient(invoker);
        Flash = new FlashService.FlashServiceClient(invoker);
        Debug = new DebugService.DebugServiceClient(invoker);
        I2c = new I2cService.I2cServiceClient(invoker);
        Gpio = new GpioService.GpioServiceClient(invoker);
        Instruments = new InstrumentService.InstrumentServiceClient(invoker);
        Power = new PowerService.PowerServiceClient(invoker);
        Serial = new SerialService.SerialServiceClient(invoker);
        Tunnels = new TunnelService.TunnelServiceClient(invoker);
        Checks = new CheckService.CheckServiceClient(invoker);
        Traces = new TraceService.TraceServiceClient(invoker);
        Runs = new RunService.RunServiceClient(invoker);
        Bench = new BenchService.BenchServiceClient(invoker);
        Audit = new AuditService.AuditServiceClient(invoker);
        Security = new SecurityService.SecurityServiceClient(invoker);
        Health = new Health.HealthClient(invoker);
    }

    /// <summary>Where the agent listens.</summary>
    public AgentAddress Address { get; }

    /// <summary>The agent and its boards.</summary>
    public InventoryService.InventoryServiceClient Inventory { get; }

    /// <summary>Leases. <see cref="Leases.LeaseHandle"/> keeps one alive.</summary>
    public LeaseService.LeaseServiceClient Leases { get; }

    /// <summary>Images, flashing, receipts.</summary>
    public FlashService.FlashServiceClient Flash { get; }

    /// <summary>The core behind the probe.</summary>
    public DebugService.DebugServiceClient Debug { get; }

    /// <summary>I2C and the expander on it.</summary>
    public I2cService.I2cServiceClient I2c { get; }

    /// <summary>Host lines.</summary>
    public GpioService.GpioServiceClient Gpio { get; }

    /// <summary>Instruments of the bench.</summary>
    public InstrumentService.InstrumentServiceClient Instruments { get; }

    /// <summary>Supplies.</summary>
    public PowerService.PowerServiceClient Power { get; }

    /// <summary>Consoles.</summary>
    public SerialService.SerialServiceClient Serial { get; }

    /// <summary>The board's devices for programs that are not ours.</summary>
    public TunnelService.TunnelServiceClient Tunnels { get; }

    /// <summary>Whether boards are in order.</summary>
    public CheckService.CheckServiceClient Checks { get; }

    /// <summary>The boards' flight recorders.</summary>
    public TraceService.TraceServiceClient Traces { get; }

    /// <summary>Suites and runs.</summary>
    public RunService.RunServiceClient Runs { get; }

    /// <summary>The virtual bench.</summary>
    public BenchService.BenchServiceClient Bench { get; }

    /// <summary>Who did what.</summary>
    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>Tokens and revoked certificates.</summary>
    public SecurityService.SecurityServiceClient Security { get; }

    /// <summary>Health of the agent (empty name) and of each board (its resource name).</summary>
    public Health.HealthClient Health { get; }

    /// <summary>Raw calls, for services that this client does not know (reflection).</summary>
    public CallInvoker CreateCallInvoker() => _channel.CreateCallInvoker();

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    // The name only fills HTTP/2's :authority; the dialer decides where the bytes go.
    private static Uri BaseAddressOf(FarmClientOptions options) => (options.Address.SocketPath, AgentTls.IsUsedFor(options)) switch
    {
        (null, true) => new Uri("https://" + options.Address),
        (null, false) => new Uri("http://" + options.Address),
        _ => new Uri("http://farm-agent"),
    };

    private static GrpcChannelOptions ChannelOptionsOf(FarmClientOptions options)
    {
        var isSecure = AgentTls.IsUsedFor(options);
        var transport = isSecure ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure;
        var credentials = options.Token is null
            ? transport
            : ChannelCredentials.Create(transport, CallCredentials.FromInterceptor((_, metadata) =>
            {
                metadata.Add("authorization", "Bearer " + options.Token);
                return Task.CompletedTask;
            }));
        return new GrpcChannelOptions
        {
            Credentials = credentials,

            // Without TLS the connection does not leave this host.
            UnsafeUseInsecureChannelCallCredentials = !isSecure,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = 8 * 1024 * 1024,
            HttpHandler = HandlerOf(options, isSecure),
        };
    }

    private static SocketsHttpHandler HandlerOf(FarmClientOptions options, bool isSecure)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = new AgentDialer(options.Address).DialAsync,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        };
        if (isSecure)
        {
            handler.SslOptions = AgentTls.OptionsOf(options);
        }

        return handler;
    }
}
