using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Security.Setup;
using FarmAgent.Agent.Security.Tokens;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.TestKit;

namespace FarmAgent.Agent.Tests.Security;

/// <summary>An agent that was set up by init and listens with TLS, with the boards b1 and minimal, and the credentials of several people.</summary>
internal sealed class NetworkFarm : IAsyncDisposable
{
    public const string Mine = "b1";
    public const string Other = "minimal";

    private NetworkFarm(AgentHost host, string folder)
    {
        (Host, Folder) = (host, folder);
        Assert.True(AgentAddress.TryParse(host.Listeners[^1], out var address));
        Address = address;
        Files = new IdentityFiles(Path.Combine(folder, "state"));
    }

    public AgentHost Host { get; }

    public string Folder { get; }

    public AgentAddress Address { get; }

    public IdentityFiles Files { get; }

    public TokenStore Tokens => Host.Core.Security.Tokens;

    public static async Task<NetworkFarm> StartAsync(string configuration = "", TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("farm-net-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "boards.d"));
        var config = Path.Combine(folder, "agent.yaml");
        await File.WriteAllTextAsync(config, configuration, TestContext.Current.CancellationToken);
        Init(folder, new InitOptions());
        var host = await AgentHost.StartAsync(
            new AgentOptions
            {
                Virtual = true,
                RealtimeClock = false,
                Benches = [RepositoryFiles.At("samples/benches/minimal.bench.yaml")],
                Config = config,
                Boards = Path.Combine(folder, "boards.d"),
                State = Path.Combine(folder, "state"),
                Listen = "127.0.0.1:0",
            },
            time,
            TestContext.Current.CancellationToken);
        await host.BoardsReady.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        return new NetworkFarm(host, folder);
    }

    /// <summary>Runs init on the farm's folder and returns what it printed.</summary>
    public static string Init(string folder, InitOptions options)
    {
        var output = new StringWriter();
        new AgentIdentity(options, new AgentSettings(), new IdentityFiles(Path.Combine(folder, "state")), TimeProvider.System, output).Make();
        return output.ToString();
    }

    /// <summary>Makes a token.</summary>
    public string Token(string name, CallerRole role, params string[] boards) =>
        Tokens.Create(name, [new RoleGrant(role, boards)], TimeSpan.FromHours(1), oneTime: false, "test").Secret;

    /// <summary>Makes a client certificate.</summary>
    public FarmTlsOptions Certificate(string name)
    {
        Init(Folder, new InitOptions { Client = name });
        return new FarmTlsOptions
        {
            AuthorityFile = Files.ServerCertificate,
            CertificateFile = Path.Combine(Files.Clients, name + ".pem"),
            KeyFile = Path.Combine(Files.Clients, name + ".key"),
        };
    }

    /// <summary>A client over the network.</summary>
    public FarmClient Connect(string? token = null, FarmTlsOptions? tls = null) => new(new FarmClientOptions
    {
        Address = Address,
        Token = token,
        Tls = tls ?? new FarmTlsOptions { AuthorityFile = Files.ServerCertificate },
    });

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
