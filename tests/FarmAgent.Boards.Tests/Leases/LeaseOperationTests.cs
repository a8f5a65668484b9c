using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

public sealed class LeaseOperationTests
{
    [Fact]
    public async Task Expiry_DuringOperation_WaitsForItsEnd()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        var operation = bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf");
        bench.Pass(90);
        Assert.Equal(LeaseState.Active, bench.Manager.Get(lease.Id).State);

        operation.Dispose();

        Assert.Equal(LeaseState.Expired, bench.Manager.Get(lease.Id).State);
    }

    [Fact]
    public async Task Expiry_DuringOperation_LetsOnlyTheOperationThrough()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        var request = bench.Manager.Authorize(lease.Id, "b1");
        using var operation = bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf");

        bench.Pass(90);

        Assert.Equal((true, false), (operation.Token.IsValid, request.IsValid));
    }

    [Fact]
    public async Task Expiry_DuringOperation_NextInLineWaits()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        var operation = bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf");
        var ben = bench.AskAsync("ben", waitSeconds: 600);
        bench.Pass(90);
        Assert.False(ben.IsCompleted);

        operation.Dispose();

        Assert.True((await ben).IsGranted);
    }

    [Fact]
    public async Task Expiry_OperationTakesTooLong_IsToldToStop()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        using var operation = bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf");

        bench.Pass(60 + 301);

        Assert.True(operation.Stopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Expiry_OperationNeverStops_EndsAllTheSame()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        using var operation = bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf");

        bench.Pass(60 + 301);
        bench.Pass(31);

        Assert.Equal((LeaseState.Expired, false), (bench.Manager.Get(lease.Id).State, operation.Token.IsValid));
    }

    [Fact]
    public async Task Revoke_DuringOperation_TellsItToStopAtOnce()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna");
        using var operation = bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf");

        var revocation = bench.Manager.RevokeAsync(lease.Id, "root", TestContext.Current.CancellationToken);
        Assert.True(operation.Stopping.IsCancellationRequested);
        operation.Dispose();

        Assert.Equal(LeaseState.Revoked, (await revocation).State);
    }

    [Fact]
    public async Task Renew_ExpiredDuringOperation_IsLost()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);
        using var operation = bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf");
        bench.Pass(61);

        Assert.Equal("LEASE_LOST", Assert.Throws<BoardException>(() => bench.Manager.Renew(lease.Id, null)).Reason);
    }

    [Fact]
    public async Task EndOperation_LeaseStillInForce_ChangesNothing()
    {
        await using var bench = await LeaseBench.StartAsync();
        var lease = await bench.GetAsync("anna", ttlSeconds: 60);

        bench.Manager.BeginOperation(lease.Id, "b1", "flash of app.elf").Dispose();

        Assert.Equal(LeaseState.Active, bench.Manager.Get(lease.Id).State);
    }
}
