using System.Globalization;

namespace FarmAgent.Agent.Audits;

/// <summary>The files of an audit, each named by the number of its first line: <c>audit-000000000001.jsonl</c>.</summary>
internal static class AuditFolder
{
    private const string Prefix = "audit-";
    private const string Suffix = ".jsonl";

    /// <summary>Path of the file that begins with a line.</summary>
    public static string FileOf(string folder, long first) => Path.Combine(folder, $"{Prefix}{first.ToString("D12", CultureInfo.InvariantCulture)}{Suffix}");

    /// <summary>The files, oldest first.</summary>
    public static IReadOnlyList<string> List(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, Prefix + "*" + Suffix).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The lines of a file; the last one is told apart when it has no end.</summary>
    public static IEnumerable<(int Number, byte[] Line, bool IsWhole)> LinesOf(string file)
    {
        // The file is bounded by rotation, and is read while it is written.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var number = 0;
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            yield return (++number, bytes[start..(end < 0 ? bytes.Length : end)], end >= 0);
            start = end < 0 ? bytes.Length : end + 1;
        }
    }
}
