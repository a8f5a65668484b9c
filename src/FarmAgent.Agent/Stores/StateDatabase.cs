using System.Globalization;
using FarmAgent.Hardware.Linux.Files;
using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>
/// The one database of the agent: leases, fences, flash records, receipts, runs. Write-ahead log with a sync per commit, so that what was
/// written is there after a power cut; writers are few and each commit is one.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private const int SqliteCorrupt = 11;
    private const int MostSetAside = 3;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection _connection;

    /// <summary>Opens the database and brings its schema up to date. One that is damaged is set aside and a new one begun.</summary>
    /// <param name="path">Path of its file.</param>
    /// <param name="time">Names what is set aside.</param>
    /// <exception cref="AgentException">It cannot be opened, or a later release wrote it (<c>STATE_UNUSABLE</c>, <c>STATE_FULL</c>, <c>STATE_READ_ONLY</c>).</exception>
    public StateDatabase(string path, TimeProvider time)
    {
        try
        {
            try
            {
                _connection = Open(path);
            }
            catch (SqliteException e) when (StateFaults.IsCorrupt(e))
            {
                var aside = SetAside(path, time.GetUtcNow());
                _connection = Open(path);
                BeginAfterLoss(time.GetUtcNow());
                Loss = $"The state database was damaged ({e.Message}) and set aside as {aside}; leases, receipts and runs of before are not known. Look at the disk; sqlite3 {aside} .recover may bring something back.";
            }
        }
        catch (SqliteException e)
        {
            throw StateFaults.Of(e);
        }
    }

    /// <summary>What was lost at the start, for a person; empty when nothing was.</summary>
    public string Loss { get; private set; } = "";

    /// <summary>Why the latest write failed, for a person; empty when it did not.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>Writes that were brought to the disk since the start.</summary>
    public long Commits { get; private set; }

    /// <summary>Reads or writes in one transaction, off the caller's thread: a commit waits for the disk.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () =>
                {
                    var before = SQLitePCL.raw.sqlite3_total_changes(_connection.Handle);
                    using var transaction = _connection.BeginTransaction(deferred: true);
                    var result = work(_connection);
                    transaction.Commit();
                    if (SQLitePCL.raw.sqlite3_total_changes(_connection.Handle) != before)
                    {
                        Commits++;
                        Trouble = "";
                    }

                    return result;
                },
                cancellationToken);
        }
        catch (SqliteException e)
        {
            var fault = StateFaults.Of(e);
            Trouble = fault.Message;
            throw fault;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        var isOpen = false;
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=2000;");
            if (connection.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is not ["ok"] and var found)
            {
                throw new SqliteException(string.Join(' ', found).ReplaceLineEndings(" "), SqliteCorrupt);
            }

            Migrate(connection, path);
            isOpen = true;
            return connection;
        }
        finally
        {
            if (!isOpen)
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>The file and what belongs to it under another name, for whoever wants to look; the oldest of these go.</summary>
    private static string SetAside(string path, DateTimeOffset now)
    {
        var aside = FormattableString.Invariant($"{path}.corrupt-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        var folder = Path.GetDirectoryName(path)!;
        foreach (var old in Directory.GetFiles(folder, Path.GetFileName(path) + ".corrupt-*Z").OrderDescending(StringComparer.Ordinal).Skip(MostSetAside))
        {
            Array.ForEach(["", "-wal", "-shm"], suffix => File.Delete(old + suffix));
        }

        DurableFiles.SyncFolder(folder);
        return aside;
    }

    // Fencing numbers must not begin again: nothing that was granted before the loss may be as high as what comes now.
    private void BeginAfterLoss(DateTimeOffset now) => _connection.Execute(
        "INSERT OR REPLACE INTO facts(name, value) VALUES('fence_floor', $floor)", ("$floor", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    private static void Migrate(SqliteConnection connection, string path)
    {
        var version = connection.Query("PRAGMA user_version", row => row.GetInt64(0))[0];
        if (version > StateSchema.Version)
        {
            throw new AgentException(
                "STATE_UNUSABLE",
                $"The state database {path} was written by a later release (schema {version}, this one knows {StateSchema.Version}). Install that release, or name another --state.");
        }

        for (var step = (int)version; step < StateSchema.Version; step++)
        {
            // Whole or not at all: a crash leaves the earlier schema.
            connection.Execute($"BEGIN IMMEDIATE; {StateSchema.Steps[step]} PRAGMA user_version={step + 1}; COMMIT;");
        }
    }
}
