using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Stores;

/// <summary>Runs in the state database: one write when a run begins, one when it ends.</summary>
internal sealed class RunStore(StateDatabase database)
{
    public Task SaveAsync(Wire.Run run, string identity, CancellationToken cancellationToken) => database.RunAsync(
        db => db.Execute(
            """
            INSERT INTO runs(id, board, request_id, identity, ended, start_time, document) VALUES($id, $board, $request, $identity, $ended, $start, $document)
            ON CONFLICT(id) DO UPDATE SET ended=$ended, document=$document
            """,
            ("$id", run.Name), ("$board", run.Board), ("$request", run.RequestId), ("$identity", identity),
            ("$ended", run.State == Wire.RunState.Ended ? 1 : 0), ("$start", run.StartTime.ToDateTimeOffset().ToColumn()),
            ("$document", Documents.Format(run))),
        cancellationToken);

    public Task<List<Wire.Run>> ListAsync(string? board, int most, CancellationToken cancellationToken) => database.RunAsync(
        db => db.Query(
            "SELECT document FROM runs WHERE $board IS NULL OR board=$board ORDER BY start_time DESC LIMIT $most",
            row => Documents.ReadRun(row.GetString(0)),
            ("$board", board), ("$most", most)),
        cancellationToken);

    public Task<Wire.Run?> FindAsync(string name, CancellationToken cancellationToken) => database.RunAsync(
        db => db.Query("SELECT document FROM runs WHERE id=$id", row => Documents.ReadRun(row.GetString(0)), ("$id", name)).FirstOrDefault(),
        cancellationToken);

    public Task<Wire.Run?> FindByRequestAsync(string identity, string requestId, CancellationToken cancellationToken) => database.RunAsync(
        db => db.Query(
            "SELECT document FROM runs WHERE identity=$identity AND request_id=$request",
            row => Documents.ReadRun(row.GetString(0)),
            ("$identity", identity), ("$request", requestId)).FirstOrDefault(),
        cancellationToken);

    /// <summary>Runs that had not ended, with the identity that started each.</summary>
    public Task<List<(Wire.Run Run, string Identity)>> ListOpenAsync(CancellationToken cancellationToken) => database.RunAsync(
        db => db.Query(
            "SELECT document, identity FROM runs WHERE ended=0", row => (Documents.ReadRun(row.GetString(0)), row.GetString(1))),
        cancellationToken);
}
