using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>
/// The one database of the agent: leases, fences, flash records, receipts, runs. Write-ahead log with a sync per commit, so that what was
/// written is there after a power cut; writers are few and each commit is one.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
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
        if (version > StateSchema.Version)
        {
            throw new AgentException(
                "STATE_UNUSABLE",
                $"The state database {path} was written by a later release (schema {version}, this one knows {StateSchema.Version}). Install that release, or name another --state.");
        }

        for (var step = (int)version; step < StateSchema.Version; step++)
        {
            // Whole or not at all: a crash leaves the earlier schema.
            Execute($"BEGIN IMMEDIATE; {StateSchema.Steps[step]} PRAGMA user_version={step + 1}; COMMIT;");
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
