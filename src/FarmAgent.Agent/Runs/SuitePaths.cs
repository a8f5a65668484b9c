using FarmAgent.Hardware;

namespace FarmAgent.Agent.Runs;

/// <summary>Paths that come from outside and are to name something inside a folder of the agent.</summary>
internal static class SuitePaths
{
    private const int LongestPath = 1_000;
    private const int LongestSegment = 255;

    /// <summary>Makes a path relative and plain: no root, no step upwards, no empty or dot segments.</summary>
    /// <param name="path">As given, with slashes.</param>
    /// <returns>Its segments joined by slashes; null when it would leave its folder or is no usable name. Empty for the folder itself.</returns>
    public static string? Normalize(string path)
    {
        if (path.Length > LongestPath || path.StartsWith('/') || path.AsSpan().ContainsAny("\0\\\n\r"))
        {
            return null;
        }

        var segments = path.Split('/').Where(s => s.Length > 0 && s != ".").ToList();
        return segments.Exists(s => s == ".." || s.Length > LongestSegment) ? null : string.Join('/', segments);
    }

    /// <summary>The file or folder that a run is to begin with.</summary>
    /// <param name="root">Where the suite was unpacked.</param>
    /// <param name="entry">Path inside it; empty for all of it.</param>
    /// <exception cref="RequestException">It leaves the suite, or is not there (<c>REQUEST_INVALID</c>, <c>SUITE_ENTRY_UNKNOWN</c>).</exception>
    public static string Entry(string root, string entry)
    {
        var inside = Normalize(entry) ?? throw new RequestException(
            "REQUEST_INVALID", $"'{entry}' does not stay inside the suite. Name a file or folder of the archive by its path in it, for example tests/expander.robot.");
        var path = inside.Length == 0 ? root : Path.Combine(root, inside);
        return Path.Exists(path)
            ? path
            : throw new RequestException(
                "SUITE_ENTRY_UNKNOWN", $"The suite has no '{entry}'. It has: {Contents(root)}. Name one of these, or leave the entry empty to run all.").With("entry", entry);
    }

    private static string Contents(string root)
    {
        var names = Directory.EnumerateFileSystemEntries(root).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal).Take(11).ToList();
        return names.Count > 10 ? string.Join(", ", names.Take(10)) + ", …" : string.Join(", ", names);
    }
}
