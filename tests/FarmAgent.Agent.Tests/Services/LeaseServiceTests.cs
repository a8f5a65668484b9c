using FarmAgent.Api.Leases;
using FarmAgent.Api.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

public sealed class LeaseServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("leases-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AcquireLease_FreeBoard_ShowsOnTheBoard()
    {
        await using var agent = await TestAgent.StartAsync();

        var lease = await agent.LeaseAsync(new AcquireLeaseRequest { Board = TestAgent.Board, Owner = "ci/job-1", Purpose = "nightly" });
        var board = await agent.BoardAsync();

        Assert.Equal(1, lease.Fence);
        Assert.Equal((BoardState.Leased, "ci/job-1", lease.Name), (board.State, board.HeldBy, board.Lease));
    }

    [Fact]
    public async Task AcquireLease_HeldBoard_SaysByWhom()
    {
        await using var agent = await TestAgent.StartAsync();
        await agent.LeaseAsync(new AcquireLeaseRequest { Board = TestAgent.Board, Owner = "ci/job-1" });

        var error = await TestAgent.FailAsync(() => agent.LeaseAsync());

        Assert.Equal(("LEASE_HELD", 4), (error.Reason, error.ExitCode));
        Assert.Contains("ci/job-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcquireLease_Waiting_IsGrantedWhenTheBoardIsGivenBack()
    {
        await using var agent = await TestAgent.StartAsync();
        var held = await agent.LeaseAsync();
        var request = new AcquireLeaseRequest { Board = TestAgent.Board, Owner = "second", Wait = TimeSpan.FromSeconds(60).ToDuration() };
        var inLine = new TaskCompletionSource<LeaseWaiter>();
        var waiting = LeaseHandle.AcquireAsync(agent.Client, request, w => inLine.TrySetResult(w), time: null, TestAgent.Cancellation);
        var place = await inLine.Task.WaitAsync(TimeSpan.FromSeconds(20), TestAgent.Cancellation);

        await agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = held.Name }, cancellationToken: TestAgent.Cancellation);
        await using var handle = await waiting;

        Assert.Equal(1, place.Position);
        Assert.Equal((2, "second"), (handle.Lease.Fence, handle.Lease.Owner));
    }

    [Fact]
    public async Task LeaseHandle_Dispose_FreesTheBoard()
    {
        await using var agent = await TestAgent.StartAsync();
        await using (await LeaseHandle.AcquireAsync(
            agent.Client, new AcquireLeaseRequest { Board = TestAgent.Board }, waiting: null, time: null, TestAgent.Cancellation))
        {
        }

        Assert.Equal(BoardState.Free, (await agent.BoardAsync()).State);
    }

    [Fact]
    public async Task LeaseHandle_RenewedInTheBackground_OutlivesItsTtl()
    {
        await using var agent = await TestAgent.StartAsync();
        var request = new AcquireLeaseRequest { Board = TestAgent.Board, Ttl = TimeSpan.FromSeconds(5).ToDuration() };
        await using var handle = await LeaseHandle.AcquireAsync(agent.Client, request, waiting: null, time: null, TestAgent.Cancellation);
        var first = handle.Lease.ExpireTime;
        using var watch = agent.Client.Inventory.WatchBoards(new WatchBoardsRequest(), cancellationToken: TestAgent.Cancellation);

        // Every renewal is a change of the board that watchers see.
        while (await watch.ResponseStream.MoveNext(TestAgent.Cancellation) && watch.ResponseStream.Current.Boards[0].HeldUntil <= first)
        {
        }

        Assert.False(handle.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Restart_SameBoot_KeepsLeaseAndToken()
    {
        Lease before;
        await using (var agent = await TestAgent.StartAsync(o => o with { State = _folder }))
        {
            before = await agent.LeaseAsync();
        }

        await using var again = await TestAgent.StartAsync(o => o with { State = _folder });
        var after = (await again.Client.Leases.RenewLeaseAsync(new RenewLeaseRequest { Name = before.Name }, cancellationToken: TestAgent.Cancellation)).Lease;

        Assert.Equal((before.Fence, LeaseState.Active), (after.Fence, after.State));
    }

    [Fact]
    public async Task AcquireLease_SameRequestId_GivesTheSameLease()
    {
        await using var agent = await TestAgent.StartAsync();
        var request = new AcquireLeaseRequest { Board = TestAgent.Board, RequestId = "job-1" };

        Assert.Equal((await agent.LeaseAsync(request)).Name, (await agent.LeaseAsync(request)).Name);
    }

    [Fact]
    public async Task UseDevice_WithoutLease_IsRefused()
    {
        await using var agent = await TestAgent.StartAsync();

        var error = await TestAgent.FailAsync(() => agent.Client.Gpio.ListLinesAsync(new ListLinesRequest { Board = TestAgent.Board }).ResponseAsync);

        Assert.Equal("LEASE_REQUIRED", error.Reason);
    }

    [Fact]
    public async Task UseDevice_LeaseGivenBack_IsRefused()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);

        var error = await TestAgent.FailAsync(() =>
            agent.Client.Gpio.ListLinesAsync(new ListLinesRequest { Board = TestAgent.Board, Lease = lease.Name }).ResponseAsync);

        Assert.Equal(("LEASE_LOST", StatusCode.Aborted, 4), (error.Reason, error.Status, error.ExitCode));
    }

    [Fact]
    public async Task UseDevice_SomebodyElsesLease_IsRefused()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { InsecureLoopbackPort = 0 });
        var lease = await agent.LeaseAsync();
        using var other = TestAgent.Connect(agent.Host.Listeners[1]);

        var error = await TestAgent.FailAsync(() => other.Gpio.ListLinesAsync(new ListLinesRequest { Board = TestAgent.Board, Lease = lease.Name }).ResponseAsync);

        Assert.Equal(("LEASE_NOT_YOURS", StatusCode.PermissionDenied), (error.Reason, error.Status));
    }

    [Theory]
    [InlineData("boards/b9", "BOARD_UNKNOWN")]
    [InlineData("b1", "BOARD_UNKNOWN")]
    public async Task AcquireLease_NoSuchBoard_IsNotFound(string board, string reason)
    {
        await using var agent = await TestAgent.StartAsync();

        var error = await TestAgent.FailAsync(() => agent.LeaseAsync(new AcquireLeaseRequest { Board = board }));

        Assert.Equal((reason, StatusCode.NotFound), (error.Reason, error.Status));
    }
}
