using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

public sealed class LeaseRestartTests
{
    [Fact]
    public async Task Start_SameBoot_LeaseGoesOnWithItsFence()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");

        await using var after = await bench.RestartAsync();

        Assert.Equal((lease.Id, lease.Fence), (Assert.Single(after.Manager.List()).Id, after.Manager.FenceOf("b1").Current));
    }

    [Fact]
    public async Task Start_SameBoot_LeaseHasOneTtlFromTheStart()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        bench.Pass(55);
        await using var after = await bench.RestartAsync();

        bench.Pass(55);
        var alive = after.Manager.Get(lease.Id).State;
        bench.Pass(5);

        Assert.Equal((LeaseState.Active, LeaseState.Expired), (alive, after.Manager.Get(lease.Id).State));
    }

    [Fact]
    public async Task Start_SameBoot_SafeStateComesFirst()
    {
        await using var bench = await LeaseBench.StartAsync();
        await bench.GetAsync("anna");

        await using var after = await bench.RestartAsync();

        Assert.Equal(["settle b1", "Restored b1 anna"], after.Hooks.Log);
    }

    [Fact]
    public async Task Start_SameBoot_RequestIdGivesTheSameLease()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", requestId: "job-1");

        await using var after = await bench.RestartAsync();

        Assert.Equal(lease.Id, (await after.GetAsync("anna", requestId: "job-1")).Id);
    }

    [Fact]
    public async Task Start_OtherBoot_LeaseHasEndedDurably()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");

        await using var after = await bench.RestartAsync("boot-2");

        Assert.Empty(after.Manager.List());
        Assert.Equal((LeaseState.Expired, "the host was booted again"), (bench.Store[lease.Id].State, bench.Store[lease.Id].EndReason));
    }

    [Fact]
    public async Task Start_OtherBoot_FencesGoOnRising()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");

        await using var after = await bench.RestartAsync("boot-2");

        Assert.Equal(lease.Fence + 1, (await after.GetAsync("ben")).Fence);
    }

    [Fact]
    public async Task Lease_GrantRenewRelease_CostsTwoWrites()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        bench.Manager.Renew(lease.Id, null);
        await bench.ReleaseAsync(lease);

        Assert.Equal(2, bench.Store.Writes);
    }

    [Fact]
    public async Task Restart_EndNotKeptAndALaterLeaseCameAndWent_EarlierOneDoesNotComeBack()
    {
        await using var bench = await LeaseBench.StartAsync();
        var first = await bench.GetAsync("anna");
        bench.Store.Failure = new IOException("full");
        await bench.ReleaseAsync(first);
        bench.Store.Failure = null;
        await bench.ReleaseAsync(await bench.GetAsync("ben"));

        await using var again = await bench.RestartAsync();

        Assert.Empty(again.Manager.List());
        Assert.Equal(LeaseState.Expired, bench.Store[first.Id].State);
    }
}
