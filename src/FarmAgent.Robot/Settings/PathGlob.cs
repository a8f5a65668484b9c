using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Settings;

/// <summary>Paths with wildcards.</summary>
internal static class PathGlob
{
    /// <summary>The paths that match, sorted; the pattern itself if there are none.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        if (pattern.IndexOfAny(['*', '?', '[']) < 0)
        {
            return [pattern];
        }

        var found = Match(pattern.StartsWith('/') ? "/" : "", pattern.Split('/', StringSplitOptions.RemoveEmptyEntries), 0)
            .Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : [pattern];
    }

    private static IEnumerable<string> Match(string folder, string[] parts, int index)
    {
        if (index == parts.Length)
        {
            return [folder];
        }

        if (parts[index].IndexOfAny(['*', '?', '[']) < 0)
        {
            var path = Path.Combine(folder, parts[index]);
            return File.Exists(path) || Directory.Exists(path) ? Match(path, parts, index + 1) : [];
        }

        var place = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(place))
        {
            return [];
        }

        var pattern = new GlobPattern(parts[index]);
        return Directory.EnumerateFileSystemEntries(place).Select(entry => Path.GetFileName(entry)!)
            .Where(name => pattern.Matches(name) && (!name.StartsWith('.') || parts[index].StartsWith('.')))
            .SelectMany(name => Match(Path.Combine(folder, name), parts, index + 1));
    }
}
