using FarmAgent.Api.Leases;
using FarmAgent.Api.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

/// <summary>Takeover, watch, revoke, transfer and the configured commands, over the real socket.</summary>
public sealed class LeaseHoldingServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leases-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task WatchLease_TakeoverThenKept_TellsBoth()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { InsecureLoopbackPort = 0 });
        var lease = await agent.LeaseAsync();
        using var other = TestAgent.Connect(agent.Host.Listeners[1]);
        using var watch = agent.Client.Leases.WatchLease(new WatchLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);
        Assert.Equal(LeaseEvent.Snapshot, (await NextAsync(watch)).Event);

        using var asking = other.Leases.AcquireLease(
            new AcquireLeaseRequest { Board = TestAgent.Board, Owner = "ben", Purpose = "release", Takeover = true }, cancellationToken: TestAgent.Cancellation);
        var asked = await NextAsync(watch);
        await agent.Client.Leases.KeepLeaseAsync(new KeepLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);
        var gone = await NextAsync(watch);

        Assert.Equal((LeaseEvent.TakeoverRequested, "ben", "release", false), (asked.Event, asked.Lease.Takeover.Owner, asked.Lease.Takeover.Purpose, asked.Lease.Takeover.Firm));
        Assert.Equal(LeaseEvent.TakeoverGone, gone.Event);
        var refused = await TestAgent.FailAsync(async () =>
        {
            while (await asking.ResponseStream.MoveNext(TestAgent.Cancellation))
            {
            }
        });
        Assert.Equal("LEASE_HELD", refused.Reason);
    }

    [Fact]
    public async Task RevokeLease_WithReason_EndsTheWatchWithIt()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        using var watch = agent.Client.Leases.WatchLease(new WatchLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);
        await NextAsync(watch);

        await agent.Client.Leases.RevokeLeaseAsync(new RevokeLeaseRequest { Name = lease.Name, Reason = "maintenance" }, cancellationToken: TestAgent.Cancellation);
        var ended = await NextAsync(watch);

        Assert.Equal((LeaseEvent.Ended, LeaseState.Revoked), (ended.Event, ended.Lease.State));
        Assert.Contains("(maintenance)", ended.Lease.EndReason, StringComparison.Ordinal);
        Assert.False(await watch.ResponseStream.MoveNext(TestAgent.Cancellation));
    }

    [Fact]
    public async Task RevokeLease_ByAnOperator_IsRefused()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { InsecureLoopbackPort = 0 });
        using var other = TestAgent.Connect(agent.Host.Listeners[1]);

        var error = await TestAgent.FailAsync(() => other.Leases.RevokeLeaseAsync(new RevokeLeaseRequest { Name = "leases/l-1" }).ResponseAsync);

        Assert.Equal("NOT_AUTHORISED", error.Reason);
    }

    [Fact]
    public async Task TransferLease_ToAnotherIdentity_ThatOneUsesIt()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { InsecureLoopbackPort = 0 });
        using var other = TestAgent.Connect(agent.Host.Listeners[1]);
        var lease = await agent.LeaseAsync();
        var identity = (await other.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation)).Caller.Identity;

        var moved = (await agent.Client.Leases.TransferLeaseAsync(
            new TransferLeaseRequest { Name = lease.Name, Identity = identity }, cancellationToken: TestAgent.Cancellation)).Lease;
        await other.Gpio.ListLinesAsync(new ListLinesRequest { Board = TestAgent.Board, Lease = lease.Name }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal((lease.Name, identity, lease.Fence + 1), (moved.Name, moved.Identity, moved.Fence));
    }

    [Fact]
    public async Task Hooks_Configured_RunBeforeAndAfterWithTheLeaseInTheirEnvironment()
    {
        var said = Path.Combine(_folder, "said");
        await using var agent = await StartAsync($"""
            leases:
              before: [/bin/sh, -c, 'echo "$FARM_HOOK $FARM_BOARD $FARM_FENCE $FARM_PURPOSE" >> {said}']
              after: [/bin/sh, -c, 'echo "$FARM_HOOK $FARM_LEASE $FARM_END" >> {said}']
            """);
        var lease = await agent.LeaseAsync(new AcquireLeaseRequest { Board = TestAgent.Board, Purpose = "nightly" });
        await agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal(["before b1 1 nightly", $"after {lease.Name["leases/".Length..]} Released"], await File.ReadAllLinesAsync(said, TestAgent.Cancellation));
    }

    [Fact]
    public async Task Hooks_BeforeFails_SaysWhatTheCommandSaid()
    {
        await using var agent = await StartAsync("leases: { before: [/bin/sh, -c, 'echo no power on rail 3; exit 7'] }");

        var error = await TestAgent.FailAsync(() => agent.LeaseAsync());

        Assert.Equal(("LEASE_HOOK_FAILED", 3), (error.Reason, error.ExitCode));
        Assert.Contains("ended with 7 and said 'no power on rail 3'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_BeforeHangs_IsKilledAtItsLimit()
    {
        await using var agent = await StartAsync("leases: { before: [/bin/sh, -c, 'sleep 60'], hook_limit: 100ms }");

        var error = await TestAgent.FailAsync(() => agent.LeaseAsync());

        Assert.Contains("was killed after its limit of 0.1 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeaseHandle_SomebodyAsks_TellsItsHolder()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { InsecureLoopbackPort = 0 });
        using var other = TestAgent.Connect(agent.Host.Listeners[1]);
        await using var handle = await LeaseHandle.AcquireAsync(
            agent.Client, new AcquireLeaseRequest { Board = TestAgent.Board }, waiting: null, time: null, TestAgent.Cancellation);
        var told = new TaskCompletionSource<LeaseTakeover>();
        handle.TellTakeovers(t => told.TrySetResult(t));

        using var asking = other.Leases.AcquireLease(
            new AcquireLeaseRequest { Board = TestAgent.Board, Owner = "ben", Takeover = true, Wait = TimeSpan.FromSeconds(60).ToDuration() }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal("ben", (await told.Task.WaitAsync(TimeSpan.FromSeconds(20), TestAgent.Cancellation)).Owner);
    }

    private async Task<TestAgent> StartAsync(string config)
    {
        var file = Path.Combine(_folder, "agent.yaml");
        await File.WriteAllTextAsync(file, $"boards: {Directory.CreateDirectory(Path.Combine(_folder, "boards.d")).FullName}\n{config}\n", TestAgent.Cancellation);
        return await TestAgent.StartAsync(o => o with { Config = file });
    }

    private static async Task<WatchLeaseResponse> NextAsync(AsyncServerStreamingCall<WatchLeaseResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(TestAgent.Cancellation));
        return watch.ResponseStream.Current;
    }
}
