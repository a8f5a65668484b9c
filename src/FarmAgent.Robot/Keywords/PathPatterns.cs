using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Keywords;

/// <summary>Paths with wildcards.</summary>
internal static class PathPatterns
{
    public static bool IsPattern(string path) =>
        path.Contains('*') || path.Contains('?') || (path.Contains('[') && path.Contains(']'));

    /// <summary>What exists under an absolute path, which may have wildcards in any of its parts.</summary>
    public static List<string> Find(string path)
    {
        if (Path.Exists(path))
        {
            return [path];
        }

        if (!IsPattern(path))
        {
            return [];
        }

        IEnumerable<string> found = ["/"];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = IsPattern(part) ? found.SelectMany(folder => Matching(folder, part)) : found.Select(folder => Path.Combine(folder, part)).Where(Path.Exists);
        }

        return [.. found];
    }

    /// <summary>Hidden names only match a pattern that starts with a point.</summary>
    private static IEnumerable<string> Matching(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var glob = new GlobPattern(pattern);
        return new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(item => (pattern.StartsWith('.') || !item.Name.StartsWith('.')) && glob.Matches(item.Name))
            .Select(item => Path.Combine(folder, item.Name));
    }
}
