using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>Why something could not be kept, as a reason that clients can tell apart: work is refused, and what is there is served on.</summary>
internal static class StateFaults
{
    // Codes of sqlite3.h.
    private const int SqliteReadOnly = 8;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteNotADatabase = 26;

    // Codes of errno.h, which the runtime passes on as they are.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <summary>The fault of the database as one of ours.</summary>
    public static AgentException Of(SqliteException fault) => fault.SqliteErrorCode switch
    {
        SqliteFull => Full(fault),
        SqliteReadOnly => ReadOnly(fault),
        SqliteCorrupt or SqliteNotADatabase => new AgentException(
            "STATE_CORRUPT",
            $"The state database is damaged: {fault.Message}. Restart the agent: it sets the file aside and begins a new one; then look at the disk.",
            fault),
        _ => new AgentException("STATE_UNUSABLE", $"The state could not be kept: {fault.Message}. Make room in the state directory, or repair it.", fault),
    };

    /// <summary>The fault of a file as one of ours.</summary>
    public static AgentException Of(IOException fault) => fault.HResult switch
    {
        NoSpace or QuotaExceeded => Full(fault),
        ReadOnlyFileSystem => ReadOnly(fault),
        _ => new AgentException("STATE_UNUSABLE", $"The state could not be kept: {fault.Message} Make room in the state directory, or repair it.", fault),
    };

    /// <summary>True when it is the file itself that is damaged.</summary>
    public static bool IsCorrupt(SqliteException fault) => fault.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase;

    /// <summary>True when the file system takes no writes.</summary>
    public static bool IsReadOnly(IOException fault) => fault.HResult == ReadOnlyFileSystem;

    private static AgentException Full(Exception cause) => new(
        "STATE_FULL",
        $"The disk of the state directory is full ({cause.Message}), so no new work is taken; what was kept is served on. Make room: delete files, or lower the limits under retention.",
        cause);

    private static AgentException ReadOnly(Exception cause) => new(
        "STATE_READ_ONLY",
        $"The state directory takes no writes ({cause.Message}), so no new work is taken; what was kept is served on. Mount its file system for writing; dmesg tells whether the kernel turned it read-only after an error.",
        cause);
}
