using FarmAgent.Agent.Stores;
using FarmAgent.Agent.Tests.Runs;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Stores;

/// <summary>The state as clients meet it: how often the disk is written, and what they are told when it cannot be.</summary>
public sealed class StateServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Flash_Whole_CostsTwoCommits()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var lease = await agent.LeaseAsync();
        var before = agent.Host.Core.Commits;

        await agent.FlashAsync(lease.Name, "blinky.bin");

        Assert.Equal(2, agent.Host.Core.Commits - before);
    }

    [Fact]
    public async Task Lease_WithRenewalsAndIo_CostsTwoCommits()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var before = agent.Host.Core.Commits;

        var lease = await agent.LeaseAsync();
        for (var i = 0; i < 20; i++)
        {
            await agent.Client.Leases.RenewLeaseAsync(new RenewLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);
            await agent.Client.Gpio.ListLinesAsync(new ListLinesRequest { Board = TestAgent.Board, Lease = lease.Name }, cancellationToken: TestAgent.Cancellation);
        }

        await agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal(2, agent.Host.Core.Commits - before);
    }

    [Fact]
    public async Task Run_Whole_CostsTwoCommits()
    {
        // With the lease and the flash that makes six for a whole job.
        await using var bench = await RunBench.StartAsync(RunBench.Passing);
        var before = bench.Host.Core.Commits;

        var (run, _) = await bench.RunAsync();

        Assert.Equal((Verdict.Pass, 2L), (run.Verdict, bench.Host.Core.Commits - before));
    }

    [Fact]
    public async Task DiskFull_NewWork_IsRefusedAndReadsGoOn()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var free = agent.Host.Core.Room.FreeBytes;
        agent.Host.Core.Room.FreeBytes = () => 1;

        var lease = await TestAgent.FailAsync(() => agent.LeaseAsync());
        var upload = await TestAgent.FailAsync(() => agent.UploadAsync("blinky.bin"));
        var board = await agent.BoardAsync();
        agent.Host.Core.Room.FreeBytes = free;

        Assert.Equal(("STATE_FULL", "STATE_FULL", StatusCode.ResourceExhausted), (lease.Reason, upload.Reason, upload.Status));
        Assert.Equal(BoardState.Free, board.State);
        Assert.Equal(LeaseState.Active, (await agent.LeaseAsync()).State);
    }

    [Fact]
    public async Task DiskFull_EndOfALease_StillFreesTheBoard()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var lease = await agent.LeaseAsync();
        agent.Host.Core.Room.FreeBytes = () => 1;

        await agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = lease.Name }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal(BoardState.Free, (await agent.BoardAsync()).State);
    }

    [Fact]
    public async Task Start_DamagedDatabase_ServesAndSaysWhatWasLost()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "state.db"), new byte[8192], TestAgent.Cancellation);

        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var info = await agent.Client.Inventory.GetAgentAsync(new GetAgentRequest(), cancellationToken: TestAgent.Cancellation);
        var lease = await agent.LeaseAsync();

        Assert.Contains("was damaged", Assert.Single(info.Agent.Problems), StringComparison.Ordinal);
        Assert.True(lease.Fence > 1_700_000_000);
    }

    [Fact]
    public async Task Sweep_MoreThanAreKept_KeepsWhatTheBoardsNeed()
    {
        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "state.db")};Pooling=False"))
        {
            await other.OpenAsync(TestAgent.Cancellation);
            for (var i = 0; i < 30; i++)
            {
                other.Execute("INSERT INTO receipts VALUES($id,'b1','o','','','','',0,NULL,$time,'{}')", ("$id", $"r{i:00}"), ("$time", $"2026-01-{i + 1:00}"));
            }

            other.Execute("INSERT INTO flash_contents(board, receipt) VALUES('b1','r00')");
        }

        using var database = new StateDatabase(Path.Combine(_folder, "state.db"), TimeProvider.System);
        var keeper = new StateKeeper(
            database, new LeaseStore(database, agent.Host.Core.Room), [], new Agent.Configuration.RetentionSettings { Records = 10 }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await keeper.SweepAsync(TestAgent.Cancellation);

        var left = await database.RunAsync(db => db.Query("SELECT id FROM receipts ORDER BY id", r => r.GetString(0)), TestAgent.Cancellation);
        Assert.Equal(["r00", .. Enumerable.Range(20, 10).Select(i => $"r{i:00}")], left);
    }
}
