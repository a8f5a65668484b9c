using FarmAgent.Boards.Leases;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Tests.Leases;

public sealed class LeaseManagerTests
{
    [Fact]
    public async Task Acquire_FreeBoard_GrantsWithFirstFence()
    {
        await using var bench = await LeaseBench.StartAsync();

        var lease = await bench.GetAsync("anna");

        Assert.Equal(("b1", "anna", 1L, LeaseState.Active), (lease.Board, lease.Owner, lease.Fence, lease.State));
    }

    [Fact]
    public async Task Acquire_HeldBoardWithoutWait_NamesHolderAndEnd()
    {
        await using var bench = await LeaseBench.StartAsync();
        await bench.GetAsync("anna");

        var outcome = await bench.AskAsync("ben");

        Assert.Equal(
            "b1 is leased by anna until 14:01:00 UTC, nobody waiting before you. Wait for it with --wait 10m, or take another board: farmctl boards lists them.",
            outcome.Refusal);
    }

    [Fact]
    public async Task Acquire_WaitPasses_IsRefusedAndLeavesTheLine()
    {
        await using var bench = await LeaseBench.StartAsync();
        await bench.GetAsync("anna", ttlSeconds: 600);
        var ben = bench.AskAsync("ben", waitSeconds: 30);

        bench.Pass(31);

        Assert.False((await ben).IsGranted);
        Assert.Empty(bench.Manager.ListWaiters());
    }

    [Fact]
    public async Task Acquire_SeveralWait_ServedInTheOrderOfAsking()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        var ben = bench.AskAsync("ben", waitSeconds: 600);
        var carl = bench.AskAsync("carl", waitSeconds: 600);

        await bench.ReleaseAsync(anna);
        var first = (await ben).GetLease();
        Assert.False(carl.IsCompleted);
        await bench.ReleaseAsync(first);

        Assert.Equal(3, (await carl).GetLease().Fence);
    }

    [Fact]
    public async Task Acquire_InLine_IsToldPlaceAndItsChange()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        var ben = bench.AskAsync("ben", waitSeconds: 600);
        var places = System.Threading.Channels.Channel.CreateUnbounded<int>();
        var carl = bench.Manager.AcquireAsync(
            LeaseBench.For("carl", waitSeconds: 600),
            (place, _) => places.Writer.WriteAsync(place.Position, TestContext.Current.CancellationToken).AsTask(),
            TestContext.Current.CancellationToken);
        Assert.Equal(2, await places.Reader.ReadAsync(TestContext.Current.CancellationToken));

        await bench.ReleaseAsync(anna);
        await ben;

        Assert.Equal(1, await places.Reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(carl.IsCompleted);
    }

    [Fact]
    public async Task Acquire_Cancelled_LeavesTheLine()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        using var gone = new CancellationTokenSource();
        var ben = bench.Manager.AcquireAsync(LeaseBench.For("ben", waitSeconds: 600), null, gone.Token);
        var carl = bench.AskAsync("carl", waitSeconds: 600);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ben);
        await bench.ReleaseAsync(anna);

        Assert.True((await carl).IsGranted);
    }

    [Fact]
    public async Task Acquire_ByLabels_TakesAnyFreeBoard()
    {
        await using var bench = await LeaseBench.StartAsync("b1", "b2");
        await bench.GetAsync("anna", "b1");
        var request = LeaseBench.For("ben", board: null) with { Labels = new Dictionary<string, string> { ["mcu"] = "f1" } };

        var outcome = await bench.Manager.AcquireAsync(request, null, TestContext.Current.CancellationToken);

        Assert.Equal("b2", outcome.GetLease().Board);
    }

    [Fact]
    public async Task Acquire_ByLabels_PassesOverBrokenBoard()
    {
        await using var bench = await LeaseBench.StartAsync("b1", "b2");
        bench.Hooks.Broken.Add("b1");

        Assert.Equal("b2", (await bench.GetAsync("ben", board: null)).Board);
    }

    [Fact]
    public async Task Acquire_NoBoardWithLabels_IsRequestError()
    {
        await using var bench = await LeaseBench.StartAsync();
        var request = LeaseBench.For("ben", board: null) with { Labels = new Dictionary<string, string> { ["mcu"] = "f4" } };

        var error = await Assert.ThrowsAsync<RequestException>(() => bench.Manager.AcquireAsync(request, null, TestContext.Current.CancellationToken));

        Assert.Equal("BOARD_NO_MATCH", error.Reason);
    }

    [Theory]
    [InlineData(4.9)]
    [InlineData(86401)]
    public async Task Acquire_TtlOutOfRange_IsRequestError(double ttl)
    {
        await using var bench = await LeaseBench.StartAsync();

        var error = await Assert.ThrowsAsync<RequestException>(() => bench.AskAsync("anna", ttlSeconds: ttl));

        Assert.Equal("LEASE_TTL_INVALID", error.Reason);
    }

    [Fact]
    public async Task Acquire_SameRequestId_GivesTheSameLease()
    {
        await using var bench = await LeaseBench.StartAsync();
        var first = await bench.GetAsync("anna", requestId: "job-1");

        Assert.Equal(first.Id, (await bench.GetAsync("anna", requestId: "job-1")).Id);
    }

    [Fact]
    public async Task Acquire_SameRequestIdOfOtherIdentity_IsAnotherRequest()
    {
        await using var bench = await LeaseBench.StartAsync();
        await bench.GetAsync("anna", requestId: "job-1");

        Assert.False((await bench.AskAsync("ben", requestId: "job-1")).IsGranted);
    }

    [Fact]
    public async Task Acquire_SameRequestIdWhileWaiting_SharesThePlace()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        var first = bench.AskAsync("ben", waitSeconds: 600, requestId: "job-2");
        var again = bench.AskAsync("ben", waitSeconds: 600, requestId: "job-2");
        Assert.Single(bench.Manager.ListWaiters());

        await bench.ReleaseAsync(anna);

        Assert.Equal((await first).GetLease().Id, (await again).GetLease().Id);
    }

    [Fact]
    public async Task Acquire_RequestIdOfEndedLease_SaysSo()
    {
        await using var bench = await LeaseBench.StartAsync();
        await bench.ReleaseAsync(await bench.GetAsync("anna", requestId: "job-1"));

        var error = await Assert.ThrowsAsync<RequestException>(() => bench.AskAsync("anna", requestId: "job-1"));

        Assert.Equal("LEASE_REQUEST_ENDED", error.Reason);
    }

    [Fact]
    public async Task Acquire_StoreFails_GrantsNothingAndFreesTheBoard()
    {
        await using var bench = await LeaseBench.StartAsync();
        bench.Store.Failure = new IOException("disk full");
        var error = await Assert.ThrowsAsync<BoardException>(() => bench.AskAsync("anna"));
        Assert.Equal("LEASE_NOT_KEPT", error.Reason);

        bench.Store.Failure = null;

        Assert.True((await bench.AskAsync("ben")).IsGranted);
    }

    [Fact]
    public async Task Expiry_NotRenewed_EndsTheLease()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);

        bench.Pass(60);

        Assert.Equal(LeaseState.Expired, bench.Manager.Get(lease.Id).State);
    }

    [Fact]
    public async Task Renew_InTime_KeepsTheLeaseAndWritesNothing()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        var writes = bench.Store.Writes;

        bench.Pass(59);
        bench.Manager.Renew(lease.Id, ttl: null);
        bench.Pass(59);

        Assert.Equal((LeaseState.Active, writes), (bench.Manager.Get(lease.Id).State, bench.Store.Writes));
    }

    [Fact]
    public async Task Renew_AfterExpiry_IsLost()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        bench.Pass(61);

        var error = Assert.Throws<BoardException>(() => bench.Manager.Renew(lease.Id, ttl: null));

        Assert.Equal("LEASE_LOST", error.Reason);
    }

    [Fact]
    public async Task Release_Twice_Succeeds()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        await bench.ReleaseAsync(lease);

        Assert.Equal(LeaseState.Released, (await bench.ReleaseAsync(lease)).State);
    }

    [Fact]
    public async Task Release_NextInLine_GetsTheBoardOnlyAfterTheSafeState()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        var ben = bench.AskAsync("ben", waitSeconds: 600);
        bench.Hooks.Log.Clear();

        await bench.ReleaseAsync(anna);
        await ben;

        Assert.Equal(["Ended b1 anna", "settle b1", "BoardFree b1", "Granted b1 ben"], bench.Hooks.Log);
    }

    [Fact]
    public async Task Release_SafeStateHangs_BoardIsHandedOnAfterTheLimit()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        bench.Hooks.Settle = (_, _, _) => new TaskCompletionSource().Task;
        var ben = bench.AskAsync("ben", waitSeconds: 600);
        var release = bench.ReleaseAsync(anna);
        Assert.False(ben.IsCompleted);

        bench.Pass(21);
        await release;

        Assert.True((await ben).IsGranted);
    }

    [Fact]
    public async Task Release_SafeStateHangs_IsReported()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        bench.Hooks.Settle = (_, _, _) => Task.FromException(new BoardException("X", "it failed"));

        await bench.ReleaseAsync(anna);

        Assert.Equal("it failed", Assert.Single(bench.Hooks.Changes, c => c.Kind == LeaseChangeKind.Trouble).Problem?.Message);
    }

    [Fact]
    public async Task Settle_Token_IsGoodUntilTheNextLease()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        Boards.Executors.LeaseToken? own = null;
        var valid = false;
        bench.Hooks.Settle = (_, token, _) =>
        {
            (own, valid) = (token, token.IsValid);
            return Task.CompletedTask;
        };

        await bench.ReleaseAsync(anna);
        await bench.GetAsync("ben");

        Assert.Equal((true, false), (valid, own!.IsValid));
    }

    [Fact]
    public async Task Acquire_BoardSettlesWithoutWait_WaitsForTheSafeState()
    {
        await using var bench = await LeaseBench.StartAsync();
        var anna = await bench.GetAsync("anna");
        var settled = new TaskCompletionSource();
        bench.Hooks.Settle = (_, _, _) => settled.Task;
        var release = bench.ReleaseAsync(anna);

        var ben = bench.AskAsync("ben", waitSeconds: 0);
        settled.SetResult();
        await release;

        Assert.True((await ben).IsGranted);
    }

    [Fact]
    public async Task Authorize_OtherBoard_IsRequestError()
    {
        await using var bench = await LeaseBench.StartAsync("b1", "b2");
        var lease = await bench.GetAsync("anna", "b1");

        Assert.Equal("LEASE_OF_OTHER_BOARD", Assert.Throws<RequestException>(() => bench.Manager.Authorize(lease.Id, "b2")).Reason);
    }

    [Fact]
    public async Task Authorize_TokenOfEndedLease_PassesNoMore()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        var token = bench.Manager.Authorize(lease.Id, "b1");
        await bench.ReleaseAsync(lease);
        await bench.GetAsync("ben");

        Assert.Equal("LEASE_LOST", Assert.Throws<BoardException>(token.Check).Reason);
    }

    [Fact]
    public async Task Revoke_ByAdministrator_EndsTheLease()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");

        var ended = await bench.Manager.RevokeAsync(lease.Id, "root", TestContext.Current.CancellationToken);

        Assert.Equal((LeaseState.Revoked, "taken away by root"), (ended.State, ended.EndReason));
    }

    [Fact]
    public async Task Dispose_WhoWaits_IsToldThatTheAgentStops()
    {
        var bench = await LeaseBench.StartAsync();
        await bench.GetAsync("anna");
        var ben = bench.AskAsync("ben", waitSeconds: 600);

        await bench.DisposeAsync();

        Assert.Equal("AGENT_STOPPING", (await Assert.ThrowsAsync<BoardException>(() => ben)).Reason);
    }
}
