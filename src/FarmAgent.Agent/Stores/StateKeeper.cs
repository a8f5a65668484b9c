using FarmAgent.Agent.Configuration;
using FarmAgent.Hardware;
using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>Keeps the state within its limits and says how it is: removes what is too much, retries what could not be written.</summary>
/// <param name="database">The state database.</param>
/// <param name="leases">Leases in it.</param>
/// <param name="folders">Images and suites.</param>
/// <param name="settings">The limits.</param>
/// <param name="time">Clock of the pauses.</param>
/// <param name="log">Told what goes wrong.</param>
internal sealed class StateKeeper(StateDatabase database, LeaseStore leases, IReadOnlyList<ContentFolder> folders, RetentionSettings settings, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepPause = TimeSpan.FromHours(1);

    /// <summary>What is wrong with the state, for a person.</summary>
    public IReadOnlyList<string> Problems => [.. new[] { database.Loss, database.Trouble }.Where(p => p.Length > 0)];

    /// <summary>Works until it is told to stop.</summary>
    public async Task WorkAsync(Action changed, CancellationToken stop)
    {
        if (database.Loss.Length > 0)
        {
            StoresLog.Lost(log, database.Loss);
        }

        folders.ToList().ForEach(f => f.Clean());
        using var timer = new PeriodicTimer(RetryPause, time);
        TimeSpan sinceSweep = SweepPause, pause = RetryPause;
        var known = Problems;
        try
        {
            do
            {
                await TryAsync(() => RetryAsync(stop));
                sinceSweep += pause;
                if (sinceSweep >= SweepPause)
                {
                    sinceSweep = TimeSpan.Zero;
                    await TryAsync(() => SweepAsync(stop));
                }

                if (!Problems.SequenceEqual(known))
                {
                    known = Problems;
                    changed();
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The agent stops.
        }
    }

    /// <summary>Removes what is beyond the limits. Writes nothing when there is nothing to remove.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
        {
            folder.Prune(keep: null);
        }

        await database.RunAsync(db => Trim(db, settings.Records), cancellationToken);
    }

    private static int Trim(SqliteConnection db, int most) =>
        TrimOne(db, "leases", "state<>'Active'", "end_time", most)
        + TrimOne(db, "runs", "ended=1", "start_time", most)
        + TrimOne(db, "receipts", "id NOT IN (SELECT receipt FROM flash_contents WHERE receipt IS NOT NULL)", "time", most);

    // The names are our own constants.
    private static int TrimOne(SqliteConnection db, string table, string mayGo, string time, int most) => db.Execute(
        $"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {mayGo} ORDER BY {time} DESC LIMIT -1 OFFSET $most)", ("$most", most));

    // While writes fail, one is tried now and then: the trouble goes when it does.
    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        await leases.RetryAsync(cancellationToken);
        if (database.Trouble.Length > 0)
        {
            await database.RunAsync(
                db => db.Execute("INSERT OR REPLACE INTO facts(name, value) VALUES('written', $now)", ("$now", time.GetUtcNow().ToColumn())), cancellationToken);
            StoresLog.Recovered(log);
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        var before = database.Trouble;
        try
        {
            await work();
        }
        catch (Exception e) when (e is FarmException or IOException or UnauthorizedAccessException)
        {
            if (before.Length == 0 || e is not FarmException)
            {
                StoresLog.NotKept(log, e);
            }
        }
    }
}
