namespace FarmAgent.Agent.Stores;

/// <summary>The database's schema as the steps that lead to it: step <c>n</c> brings version <c>n</c> to <c>n + 1</c>. A released step never changes.</summary>
internal static class StateSchema
{
    /// <summary>Statements of each step.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
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
        """,
        """
        ALTER TABLE leases ADD COLUMN extend_ms INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE INDEX leases_by_state ON leases(state);
        """,
    ];

    /// <summary>Version that the steps lead to.</summary>
    public static int Version => Steps.Count;
}
