using FarmAgent.Agent.Hosting;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.TestKit;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Agent.Tests;

/// <summary>A whole agent in this process, on the built-in bench in lockstep, and a client that reaches it over its real socket.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    public const string Board = "boards/b1";

    private TestAgent(AgentHost host, string? state)
    {
        (Host, State) = (host, state);
        Client = Connect(host.Address);
    }

    public AgentHost Host { get; }

    public string? State { get; }

    public FarmClient Client { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestAgent> StartAsync(Func<AgentOptions, AgentOptions>? change = null)
    {
        var options = new AgentOptions { Virtual = true, RealtimeClock = false };
        options = change?.Invoke(options) ?? options;
        var agent = new TestAgent(await AgentHost.StartAsync(options, time: null, Cancellation), options.State);
        await agent.Host.BoardsReady.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        return agent;
    }

    public static FarmClient Connect(string address)
    {
        Assert.True(AgentAddress.TryParse(address, out var parsed), address);
        return new FarmClient(new FarmClientOptions { Address = parsed });
    }

    /// <summary>Runs a call that must fail, and unpacks how.</summary>
    public static async Task<FarmError> FailAsync(Func<Task> call) => FarmError.From(await Assert.ThrowsAsync<RpcException>(call));

    public static string Firmware(string name) => RepositoryFiles.At($"tests/dut-firmware/bin/{name}");

    public async Task<Lease> LeaseAsync(AcquireLeaseRequest? request = null)
    {
        using var call = Client.Leases.AcquireLease(request ?? new AcquireLeaseRequest { Board = Board }, cancellationToken: Cancellation);
        return (await call.ResponseStream.ReadAllAsync(Cancellation).Select(r => r.Lease).FirstAsync(l => l is not null, Cancellation))!;
    }

    public async Task<string> UploadAsync(string firmware) => (await Client.UploadImageAsync(Firmware(firmware), 0, Cancellation)).Name;

    /// <summary>Flashes and returns all events.</summary>
    public async Task<List<FlashResponse>> FlashAsync(string lease, string firmware, Action<FlashRequest>? change = null)
    {
        var request = new FlashRequest { Board = Board, Lease = lease, Image = await UploadAsync(firmware) };
        change?.Invoke(request);
        using var call = Client.Flash.Flash(request, cancellationToken: Cancellation);
        return await call.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
    }

    public Task BreakAsync(Fault fault) =>
        Client.Bench.ApplyFaultAsync(new ApplyFaultRequest { Board = Board, Fault = fault }, cancellationToken: Cancellation).ResponseAsync;

    public Task AdvanceAsync(double seconds) => Client.Bench.AdvanceClockAsync(
        new AdvanceClockRequest { Board = Board, Duration = TimeSpan.FromSeconds(seconds).ToDuration() }, cancellationToken: Cancellation).ResponseAsync;

    public async Task<Board> BoardAsync() =>
        (await Client.Inventory.GetBoardAsync(new GetBoardRequest { Name = Board }, cancellationToken: Cancellation)).Board;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
