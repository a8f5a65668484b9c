using System.Globalization;
using FarmAgent.Flashing;
using Microsoft.Data.Sqlite;

namespace FarmAgent.Agent.Stores;

/// <summary>Short forms for commands and columns.</summary>
internal static class SqliteExtensions
{
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.CommandOf(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(
        this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.CommandOf(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static string Text(this SqliteDataReader reader, string column) => reader.GetString(reader.GetOrdinal(column));

    public static string? TextOrNull(this SqliteDataReader reader, string column)
    {
        var ordinal = reader.GetOrdinal(column);
        return reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
    }

    public static long Number(this SqliteDataReader reader, string column) => reader.GetInt64(reader.GetOrdinal(column));

    public static DateTimeOffset Time(this SqliteDataReader reader, string column) => TimeOf(reader.Text(column));

    /// <summary>Times as text that sorts like time.</summary>
    public static string ToColumn(this DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Ranges as <c>0x08000000+1024 …</c>.</summary>
    public static string ToColumn(this IEnumerable<AddressRange> ranges) => string.Join(' ', ranges.Select(r => $"0x{r.Start:X8}+{r.Length}"));

    public static IReadOnlyList<AddressRange> RangesOf(string column) =>
    [
        .. column.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            var plus = text.IndexOf('+', StringComparison.Ordinal);
            return new AddressRange(
                uint.Parse(text.AsSpan(2, plus - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                long.Parse(text.AsSpan(plus + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }),
    ];

    private static DateTimeOffset TimeOf(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static SqliteCommand CommandOf(this SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
