using FarmAgent.Agent.Stores;
using FarmAgent.Boards.Leases;
using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Tests.Stores;

public sealed class StateDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state-").FullName;

    private string File_ => Path.Combine(_folder, "state.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Open_FirstSchema_KeepsItsRowsAndIsBroughtUpToDate()
    {
        await MakeAsync(1, "INSERT INTO fences VALUES('b1', 7); INSERT INTO leases VALUES('l-1','b1','anna','uid:1','','60000',7,'2026-11-24T10:00:00.0000000Z','','boot-1','Active',NULL,'');");

        using var database = Open();
        var stored = await new LeaseStore(database, Room()).LoadAsync(TestAgent.Cancellation);

        Assert.Equal(("l-1", TimeSpan.Zero, 7L), (stored.Active[0].Lease.Id, stored.Active[0].Lease.ExtendUpTo, stored.LastFences["b1"]));
        Assert.Equal(StateSchema.Version, await database.RunAsync(db => db.Query("PRAGMA user_version", r => r.GetInt64(0))[0], TestAgent.Cancellation));
    }

    [Fact]
    public async Task Open_EveryEarlierSchema_EndsLikeANewOne()
    {
        using (var fresh = Open())
        {
            var wanted = await SchemaAsync(fresh);
            for (var version = 1; version < StateSchema.Version; version++)
            {
                var path = Path.Combine(_folder, $"v{version}.db");
                await MakeAsync(version, "", path);
                using var old = new StateDatabase(path, TimeProvider.System);
                Assert.Equal(wanted, await SchemaAsync(old));
            }
        }
    }

    [Fact]
    public async Task Open_LaterSchema_IsLeftAlone()
    {
        await MakeAsync(1, "PRAGMA user_version=99;");

        var refused = Assert.Throws<AgentException>(Open);

        Assert.Equal("STATE_UNUSABLE", refused.Reason);
        Assert.Single(Directory.GetFiles(_folder, "state.db"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public async Task Open_Damaged_IsSetAsideAndFencesGoOnHigher(int damagedFrom)
    {
        using (var database = Open())
        {
            for (var i = 0; i < 40; i++)
            {
                await new LeaseStore(database, Room()).SaveGrantedAsync(Granted($"l-{i}", i + 1), "boot-1", TestAgent.Cancellation);
            }
        }

        await using (var file = File.OpenWrite(File_))
        {
            file.Position = damagedFrom;
            file.Write(new byte[(int)Math.Max(0, file.Length - damagedFrom)]);
        }

        using var again = Open();
        var stored = await new LeaseStore(again, Room()).LoadAsync(TestAgent.Cancellation);

        Assert.Contains("set aside as", again.Loss, StringComparison.Ordinal);
        Assert.Empty(stored.Active);
        Assert.True(stored.FenceFloor > 1_700_000_000);
        Assert.Single(Directory.GetFiles(_folder, "state.db.corrupt-*Z"));
    }

    [Fact]
    public async Task Write_Full_IsRefusedAndReadsGoOnAndItRecovers()
    {
        using var database = Open();
        var store = new LeaseStore(database, Room());
        await store.SaveGrantedAsync(Granted("l-1", 1), "boot-1", TestAgent.Cancellation);
        await LimitAsync(database, full: true);

        var refused = await Assert.ThrowsAsync<AgentException>(() => store.SaveGrantedAsync(Granted("l-2", 2) with { Purpose = new string('x', 60_000) }, "boot-1", TestAgent.Cancellation));
        var read = await store.LoadAsync(TestAgent.Cancellation);
        var trouble = database.Trouble;
        await LimitAsync(database, full: false);
        await store.SaveGrantedAsync(Granted("l-3", 3), "boot-1", TestAgent.Cancellation);

        Assert.Equal("STATE_FULL", refused.Reason);
        Assert.Single(read.Active);
        Assert.Equal((refused.Message, ""), (trouble, database.Trouble));
    }

    [Fact]
    public async Task Write_ReadOnly_SaysSo()
    {
        using var database = Open();
        await database.RunAsync(db => db.Execute("PRAGMA query_only=1"), TestAgent.Cancellation);

        var refused = await Assert.ThrowsAsync<AgentException>(() => new LeaseStore(database, Room()).SaveGrantedAsync(Granted("l-1", 1), "boot-1", TestAgent.Cancellation));

        Assert.Equal("STATE_READ_ONLY", refused.Reason);
    }

    [Fact]
    public async Task SaveEnded_FailedBefore_IsKeptWithTheNextWrite()
    {
        using var database = Open();
        var store = new LeaseStore(database, Room());
        var lease = Granted("l-1", 1);
        await store.SaveGrantedAsync(lease, "boot-1", TestAgent.Cancellation);
        await database.RunAsync(db => db.Execute("PRAGMA query_only=1"), TestAgent.Cancellation);
        await Assert.ThrowsAsync<AgentException>(() => store.SaveEndedAsync(lease with { State = LeaseState.Released }, TestAgent.Cancellation));
        await database.RunAsync(db => db.Execute("PRAGMA query_only=0"), TestAgent.Cancellation);

        await store.RetryAsync(TestAgent.Cancellation);

        Assert.Empty((await store.LoadAsync(TestAgent.Cancellation)).Active);
    }

    [Fact]
    public async Task SaveGranted_NoReserveLeft_IsRefusedBeforeTheDiskIsFull()
    {
        using var database = Open();
        var room = new StateRoom(_folder, 1000) { FreeBytes = () => 999 };

        var refused = await Assert.ThrowsAsync<AgentException>(() => new LeaseStore(database, room).SaveGrantedAsync(Granted("l-1", 1), "boot-1", TestAgent.Cancellation));

        Assert.Equal(("STATE_FULL", 0L), (refused.Reason, database.Commits));
    }

    private static Task LimitAsync(StateDatabase database, bool full) => database.RunAsync(
        db => db.Query("PRAGMA page_count", r => r.GetInt64(0))[0] is var pages ? db.Execute($"PRAGMA max_page_count={(full ? pages : 1_000_000)}") : 0, TestAgent.Cancellation);

    private static Task<List<string>> SchemaAsync(StateDatabase database) => database.RunAsync(
        db => db.Query("SELECT m.name || ' ' || coalesce(group_concat(c.name || ' ' || c.type), '') FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c GROUP BY m.name ORDER BY 1", r => r.GetString(0)),
        TestAgent.Cancellation);

    private static Lease Granted(string id, long fence) => new()
    {
        Id = id,
        Board = "b1",
        Owner = "anna",
        Identity = "uid:1",
        Purpose = "",
        Ttl = TimeSpan.FromMinutes(1),
        Fence = fence,
        StartTime = DateTimeOffset.UnixEpoch,
        ExpireTime = DateTimeOffset.UnixEpoch,
    };

    private StateDatabase Open() => new(File_, TimeProvider.System);

    private StateRoom Room() => new(_folder, 0);

    private async Task MakeAsync(int version, string more, string? path = null)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path ?? File_, Pooling = false }.ToString());
        await connection.OpenAsync(TestAgent.Cancellation);
        connection.Execute(string.Concat(StateSchema.Steps.Take(version)) + $"PRAGMA user_version={version};" + more);
    }
}
