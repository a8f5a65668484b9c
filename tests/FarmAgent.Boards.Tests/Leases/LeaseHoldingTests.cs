using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

/// <summary>While a lease is held: extension by use, takeover, transfer, what runs before and after.</summary>
public sealed class LeaseHoldingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Use_OfTheBoard_MovesTheEnd()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);

        bench.Pass(50);
        bench.Manager.Authorize(lease.Id, "b1").Check();
        bench.Pass(50);

        Assert.Equal(LeaseState.Active, bench.Manager.Get(lease.Id).State);
    }

    [Fact]
    public async Task Use_BeyondTheLimit_MovesNothing()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = (await bench.Manager.AcquireAsync(
            LeaseBench.For("anna", ttlSeconds: 60) with { ExtendUpTo = TimeSpan.FromSeconds(100) }, null, Cancellation)).GetLease();
        var token = bench.Manager.Authorize(lease.Id, "b1");

        for (var i = 0; i < 9; i++)
        {
            bench.Pass(10);
            token.Check();
        }

        bench.Pass(10);
        Assert.Equal(LeaseState.Expired, bench.Manager.Get(lease.Id).State);
    }

    [Fact]
    public async Task Use_RefusedByTheRequest_MovesNothing()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = (await bench.Manager.AcquireAsync(LeaseBench.For("anna", ttlSeconds: 60) with { ExtendUpTo = TimeSpan.Zero }, null, Cancellation)).GetLease();

        bench.Pass(50);
        bench.Manager.Authorize(lease.Id, "b1").Check();
        bench.Pass(10);

        Assert.Equal(LeaseState.Expired, bench.Manager.Get(lease.Id).State);
    }

    [Fact]
    public async Task Takeover_NotKept_EndsTheLeaseAfterTheGrace()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 3600);
        var ben = bench.Manager.AcquireAsync(LeaseBench.For("ben") with { Takeover = true, Purpose = "release" }, null, Cancellation);
        var asked = bench.Manager.Get(lease.Id).Takeover;

        bench.Pass(119);
        var before = bench.Manager.Get(lease.Id).State;
        bench.Pass(1);

        Assert.Equal(("ben", "release", false), (asked!.Owner, asked.Purpose, asked.IsFirm));
        Assert.Equal((LeaseState.Active, LeaseState.TakenOver), (before, bench.Manager.Get(lease.Id).State));
        Assert.True((await ben.WaitAsync(TimeSpan.FromSeconds(10), Cancellation)).IsGranted);
    }

    [Fact]
    public async Task Takeover_Kept_LeavesTheBoardWithItsHolder()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 3600);
        var ben = bench.Manager.AcquireAsync(LeaseBench.For("ben") with { Takeover = true }, null, Cancellation);

        bench.Manager.Keep(lease.Id);
        var outcome = await ben.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        bench.Pass(600);

        Assert.False(outcome.IsGranted);
        Assert.Equal((LeaseState.Active, null), (bench.Manager.Get(lease.Id).State, bench.Manager.Get(lease.Id).Takeover));
    }

    [Fact]
    public async Task Takeover_ByAnAdministrator_CannotBeDeclined()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 3600);
        _ = bench.Manager.AcquireAsync(LeaseBench.For("root") with { Takeover = true, IsFirm = true }, null, Cancellation);

        Assert.Equal("LEASE_TAKEOVER_FIRM", Assert.Throws<BoardException>(() => bench.Manager.Keep(lease.Id)).Reason);
    }

    [Fact]
    public async Task Takeover_AskerGone_IsWithdrawn()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 3600);
        using var gone = new CancellationTokenSource();
        var ben = bench.Manager.AcquireAsync(LeaseBench.For("ben") with { Takeover = true }, null, gone.Token);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ben);
        bench.Pass(600);

        Assert.Equal(LeaseState.Active, bench.Manager.Get(lease.Id).State);
    }

    [Fact]
    public async Task Takeover_OperationAtWork_WaitsForIt()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 3600);
        using var work = bench.Manager.BeginOperation(lease.Id, "b1", "flash");
        _ = bench.Manager.AcquireAsync(LeaseBench.For("ben") with { Takeover = true }, null, Cancellation);

        bench.Pass(130);

        Assert.Equal((true, false), (work.Token.IsValid, work.Stopping.IsCancellationRequested));
    }

    [Fact]
    public async Task Takeover_SomebodyWaitsAlready_TheyAreNextAllTheSame()
    {
        await using var bench = await LeaseBench.StartAsync();
        await bench.GetAsync("anna", ttlSeconds: 3600);
        var carl = bench.AskAsync("carl", waitSeconds: 3600);
        _ = bench.Manager.AcquireAsync(LeaseBench.For("ben", waitSeconds: 3600) with { Takeover = true }, null, Cancellation);

        bench.Pass(120);

        Assert.Equal("carl", (await carl).GetLease().Owner);
    }

    [Fact]
    public async Task Transfer_ToAnother_FencesTheOldOwnerOff()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        var old = bench.Manager.Authorize(lease.Id, "b1");

        var moved = await bench.Manager.TransferAsync(lease.Id, "uid:7", "ben", Cancellation);

        Assert.Equal(("uid:7", "ben", 2L, lease.Id), (moved.Identity, moved.Owner, moved.Fence, moved.Id));
        Assert.Equal((false, true), (old.IsValid, bench.Manager.Authorize(lease.Id, "b1").IsValid));
    }

    [Fact]
    public async Task Transfer_ThenRestart_StaysWithTheNewOwner()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        await bench.Manager.TransferAsync(lease.Id, "ben", "", Cancellation);

        await using var again = await bench.RestartAsync();

        Assert.Equal(("ben", 2L), (again.Manager.Get(lease.Id).Identity, again.Manager.Get(lease.Id).Fence));
    }

    [Fact]
    public async Task Transfer_OperationAtWork_IsRefused()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        using var work = bench.Manager.BeginOperation(lease.Id, "b1", "flash");

        Assert.Equal("LEASE_BUSY", (await Assert.ThrowsAsync<BoardException>(() => bench.Manager.TransferAsync(lease.Id, "ben", "", Cancellation))).Reason);
    }

    [Fact]
    public async Task Transfer_NotKept_StaysWithItsOwner()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        bench.Store.Failure = new IOException("full");

        var refused = await Assert.ThrowsAsync<BoardException>(() => bench.Manager.TransferAsync(lease.Id, "ben", "", Cancellation));

        Assert.Equal(("LEASE_NOT_KEPT", "anna"), (refused.Reason, bench.Manager.Get(lease.Id).Owner));
    }

    [Fact]
    public async Task Prepare_Fails_RefusesTheLeaseAndCleansUp()
    {
        await using var bench = await LeaseBench.StartAsync();
        bench.Hooks.Prepare = _ => throw new BoardException("LEASE_HOOK_FAILED", "power on ended with 3");

        var refused = await Assert.ThrowsAsync<BoardException>(() => bench.AskAsync("anna"));

        Assert.Equal("LEASE_HOOK_FAILED", refused.Reason);
        Assert.Contains("power on ended with 3", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["settle b1", "clean up b1 anna Revoked", "Trouble b1 anna"], bench.Hooks.Log);
        bench.Hooks.Prepare = _ => Task.CompletedTask;
        Assert.Equal(2, (await bench.GetAsync("anna")).Fence);
    }

    [Fact]
    public async Task CleanUp_Fails_IsSaidAndTheBoardGoesOn()
    {
        await using var bench = await LeaseBench.StartAsync();
        bench.Hooks.CleanUp = _ => throw new BoardException("LEASE_HOOK_FAILED", "power off ended with 3");

        await bench.ReleaseAsync(await bench.GetAsync("anna"));

        Assert.Contains("Trouble b1 anna", bench.Hooks.Log);
        Assert.Equal(2, (await bench.GetAsync("ben")).Fence);
    }

    [Fact]
    public async Task Waiters_InLine_HaveAnEstimate()
    {
        await using var bench = await LeaseBench.StartAsync();
        await bench.GetAsync("anna", ttlSeconds: 100);
        _ = bench.AskAsync("ben", ttlSeconds: 200, waitSeconds: 3600);
        _ = bench.AskAsync("carl", ttlSeconds: 300, waitSeconds: 3600);

        bench.Pass(40);

        Assert.Equal([60, 260], bench.Manager.ListWaiters().Select(w => w.Estimate.TotalSeconds));
    }
}
