using System.Globalization;
using FarmAgent.Boards.Leases;
using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>Leases and fences in the state database.</summary>
/// <param name="database">The state database.</param>
/// <param name="room">Refuses grants before the disk is full.</param>
internal sealed class LeaseStore(StateDatabase database, StateRoom room) : ILeaseStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lease> _unsaved = new(StringComparer.Ordinal);

    public Task<StoredLeases> LoadAsync(CancellationToken cancellationToken) => database.RunAsync(
        db => new StoredLeases(
            db.Query("SELECT * FROM leases WHERE state='Active'", row => new StoredLease(Read(row), row.Text("boot_id"))),
            db.Query("SELECT board, fence FROM fences", row => (Board: row.Text("board"), Fence: row.Number("fence")))
                .ToDictionary(f => f.Board, f => f.Fence, StringComparer.Ordinal))
        {
            FenceFloor = db.Query("SELECT value FROM facts WHERE name='fence_floor'", row => long.Parse(row.GetString(0), CultureInfo.InvariantCulture)).FirstOrDefault(),
        },
        cancellationToken);

    public async Task SaveGrantedAsync(Lease lease, string bootId, CancellationToken cancellationToken)
    {
        room.Check("this lease");
        await WriteAsync(db => Insert(db, lease, bootId), cancellationToken);
    }

    public Task SaveTransferredAsync(Lease lease, CancellationToken cancellationToken) => WriteAsync(
        db =>
        {
            SetFence(db, lease);
            return db.Execute(
                "UPDATE leases SET owner=$owner, identity=$identity, fence=$fence, request_id=$request WHERE id=$id AND state='Active'",
                ("$id", lease.Id), ("$owner", lease.Owner), ("$identity", lease.Identity), ("$fence", lease.Fence), ("$request", lease.RequestId));
        },
        cancellationToken);

    /// <summary>Keeps an end. One that cannot be kept now is kept with the next write: a lease that is over must not come back with the agent.</summary>
    public async Task SaveEndedAsync(Lease lease, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _unsaved[lease.Id] = lease;
        }

        await WriteAsync(_ => 0, cancellationToken);
    }

    /// <summary>Keeps ends that could not be kept before, if there are any.</summary>
    public Task RetryAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_unsaved.Count == 0)
            {
                return Task.CompletedTask;
            }
        }

        return WriteAsync(_ => 0, cancellationToken);
    }

    private async Task WriteAsync(Func<SqliteConnection, int> work, CancellationToken cancellationToken)
    {
        List<Lease> ended;
        lock (_lock)
        {
            ended = [.. _unsaved.Values];
        }

        await database.RunAsync(
            db =>
            {
                ended.ForEach(l => End(db, l));
                return work(db);
            },
            cancellationToken);
        lock (_lock)
        {
            ended.ForEach(l => _unsaved.Remove(l.Id));
        }
    }

    private static int Insert(SqliteConnection db, Lease lease, string bootId)
    {
        SetFence(db, lease);
        return db.Execute(
            """
            INSERT INTO leases(id, board, owner, identity, purpose, ttl_ms, extend_ms, fence, start_time, request_id, boot_id, state)
            VALUES($id, $board, $owner, $identity, $purpose, $ttl, $extend, $fence, $start, $request, $boot, 'Active')
            """,
            ("$id", lease.Id), ("$board", lease.Board), ("$owner", lease.Owner), ("$identity", lease.Identity), ("$purpose", lease.Purpose),
            ("$ttl", (long)lease.Ttl.TotalMilliseconds), ("$extend", (long)lease.ExtendUpTo.TotalMilliseconds), ("$fence", lease.Fence),
            ("$start", lease.StartTime.ToColumn()), ("$request", lease.RequestId), ("$boot", bootId));
    }

    private static int End(SqliteConnection db, Lease lease) => db.Execute(
        "UPDATE leases SET state=$state, end_time=$end, end_reason=$reason WHERE id=$id",
        ("$id", lease.Id), ("$state", lease.State.ToString()), ("$end", lease.EndTime?.ToColumn()), ("$reason", lease.EndReason));

    private static int SetFence(SqliteConnection db, Lease lease) => db.Execute(
        "INSERT INTO fences(board, fence) VALUES($board, $fence) ON CONFLICT(board) DO UPDATE SET fence=max(fence, $fence)",
        ("$board", lease.Board), ("$fence", lease.Fence));

    private static Lease Read(SqliteDataReader row)
    {
        var start = row.Time("start_time");
        var ttl = TimeSpan.FromMilliseconds(row.Number("ttl_ms"));
        return new Lease
        {
            Id = row.Text("id"),
            Board = row.Text("board"),
            Owner = row.Text("owner"),
            Identity = row.Text("identity"),
            Purpose = row.Text("purpose"),
            Ttl = ttl,
            Fence = row.Number("fence"),
            StartTime = start,
            ExpireTime = start + ttl,
            ExtendUpTo = TimeSpan.FromMilliseconds(row.Number("extend_ms")),
            RequestId = row.Text("request_id"),
        };
    }
}
