using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>
/// The one database of the agent: leases, fences, flash records, receipts, runs. Write-ahead log with a sync per commit, so that what was
/// written is there after a power cut; writers are few and each commit is one.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE leases(
          id TEXT PRIMARY KEY, board TEXT NOT NULL, owner TEXT NOT NULL, identity TEXT NOT NULL, purpose TEXT NOT NULL, ttl_ms INTEGER NOT NULL,
          fence INTEGER NOT NULL, start_time TEXT NOT NULL, request_id TEXT NOT NULL, boot_id TEXT NOT NULL,
          state TEXT NOT NULL, end_time TEXT, end_reason TEXT NOT NULL DEFAULT '') STRICT;
        CREATE TABLE fences(board TEXT PRIMARY KEY, fence INTEGER NOT NULL) STRICT;
        CREATE TABLE receipts(
          id TEXT PRIMARY KEY, board TEXT NOT NULL, operation TEXT NOT NULL, request_id TEXT NOT NULL, image_sha256 TEXT NOT NULL, file_name TEXT NOT NULL,
          probe_serial TEXT NOT NULL, device_id_code INTEGER NOT NULL, chip_unique_id TEXT, time TEXT NOT NULL, document TEXT NOT NULL) STRICT;
        CREATE TABLE flash_contents(
          board TEXT PRIMARY KEY, receipt TEXT, invalid_reason TEXT NOT NULL DEFAULT '', undefined TEXT NOT NULL DEFAULT '',
          intent_operation TEXT, intent_image TEXT, intent_file TEXT, intent_touched TEXT, intent_lease TEXT, intent_time TEXT) STRICT;
        CREATE TABLE runs(
          id TEXT PRIMARY KEY, board TEXT NOT NULL, request_id TEXT NOT NULL, identity TEXT NOT NULL, ended INTEGER NOT NULL,
          start_time TEXT NOT NULL, document TEXT NOT NULL) STRICT;
        CREATE INDEX receipts_by_time ON receipts(time);
        CREATE INDEX runs_by_time ON runs(start_time);
        """;

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <exception cref="AgentException">It cannot be opened, or a later release wrote it (<c>STATE_UNUSABLE</c>).</exception>
    public StateDatabase(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=2000;");
            Migrate(path);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new AgentException(
                "STATE_UNUSABLE", $"The state database {path} cannot be used: {e.Message}. Make room, repair or move the file, then start again.", e);
        }
        catch (AgentException)
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads or writes in one transaction, off the caller's thread: a commit waits for the disk.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () =>
                {
                    using var transaction = _connection.BeginTransaction(deferred: true);
                    var result = work(_connection);
                    transaction.Commit();
                    return result;
                },
                cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new AgentException(
                "STATE_UNUSABLE", $"The state could not be kept: {e.Message}. Make room in the state directory, or repair it.", e);
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

    private void Migrate(string path)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version > SchemaVersion)
        {
            throw new AgentException(
                "STATE_UNUSABLE",
                $"The state database {path} was written by a later release (schema {version}, this one knows {SchemaVersion}). Install that release, or name another --state.");
        }

        if (version < SchemaVersion)
        {
            Execute($"BEGIN IMMEDIATE; {Schema} PRAGMA user_version={SchemaVersion}; COMMIT;");
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
