using FarmAgent.Boards.Leases;
using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>Leases and fences in the state database.</summary>
internal sealed class LeaseStore(StateDatabase database) : ILeaseStore
{
    public Task<StoredLeases> LoadAsync(CancellationToken cancellationToken) => database.RunAsync(
        db => new StoredLeases(
            db.Query("SELECT * FROM leases WHERE state='Active'", row => new StoredLease(Read(row), row.Text("boot_id"))),
            db.Query("SELECT board, fence FROM fences", row => (Board: row.Text("board"), Fence: row.Number("fence")))
                .ToDictionary(f => f.Board, f => f.Fence, StringComparer.Ordinal)),
        cancellationToken);

    public Task SaveGrantedAsync(Lease lease, string bootId, CancellationToken cancellationToken) => database.RunAsync(
        db =>
        {
            SetFence(db, lease);
            return db.Execute(
                """
                INSERT INTO leases(id, board, owner, identity, purpose, ttl_ms, extend_ms, fence, start_time, request_id, boot_id, state)
                VALUES($id, $board, $owner, $identity, $purpose, $ttl, $extend, $fence, $start, $request, $boot, 'Active')
                """,
                ("$id", lease.Id), ("$board", lease.Board), ("$owner", lease.Owner), ("$identity", lease.Identity), ("$purpose", lease.Purpose),
                ("$ttl", (long)lease.Ttl.TotalMilliseconds), ("$extend", (long)lease.ExtendUpTo.TotalMilliseconds), ("$fence", lease.Fence), ("$start", lease.StartTime.ToColumn()),
                ("$request", lease.RequestId), ("$boot", bootId));
        },
        cancellationToken);

    public Task SaveTransferredAsync(Lease lease, CancellationToken cancellationToken) => database.RunAsync(
        db =>
        {
            SetFence(db, lease);
            return db.Execute(
                "UPDATE leases SET owner=$owner, identity=$identity, fence=$fence, request_id=$request WHERE id=$id AND state='Active'",
                ("$id", lease.Id), ("$owner", lease.Owner), ("$identity", lease.Identity), ("$fence", lease.Fence), ("$request", lease.RequestId));
        },
        cancellationToken);

    public Task SaveEndedAsync(Lease lease, CancellationToken cancellationToken) => database.RunAsync(
        db => db.Execute(
            "UPDATE leases SET state=$state, end_time=$end, end_reason=$reason WHERE id=$id",
            ("$id", lease.Id), ("$state", lease.State.ToString()), ("$end", lease.EndTime?.ToColumn()), ("$reason", lease.EndReason)),
        cancellationToken);

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
