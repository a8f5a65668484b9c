namespace FarmAgent.Robot.Values;

/// <summary>Path arithmetic with Python's rules; nothing looks at the disk.</summary>
internal static class PosixPaths
{
    public static string Join(IEnumerable<string> parts)
    {
        var path = string.Empty;
        foreach (var part in parts)
        {
            path = part.StartsWith('/') ? part : path.Length == 0 || path.EndsWith('/') ? path + part : $"{path}/{part}";
        }

        return path;
    }

    public static (string Head, string Tail) Split(string path)
    {
        var index = path.LastIndexOf('/') + 1;
        var head = path[..index];
        var trimmed = head.TrimEnd('/');
        return (trimmed.Length > 0 ? trimmed : head, path[index..]);
    }

    public static (string Root, string Extension) SplitExtension(string path)
    {
        var slash = path.LastIndexOf('/');
        var dot = path.LastIndexOf('.');
        if (dot <= slash)
        {
            return (path, string.Empty);
        }

        // Points that start the name are no extension.
        var isName = path[(slash + 1)..dot].All(c => c == '.');
        return isName ? (path, string.Empty) : (path[..dot], path[dot..]);
    }

    /// <summary>Without <c>.</c>, <c>..</c> and repeated slashes.</summary>
    public static string Normalize(string path)
    {
        if (path.Length == 0)
        {
            return ".";
        }

        // POSIX leaves the meaning of exactly two leading slashes open.
        var root = !path.StartsWith('/') ? string.Empty : path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("///", StringComparison.Ordinal) ? "//" : "/";
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != ".." || (root.Length == 0 && parts.Count == 0) || (parts.Count > 0 && parts[^1] == ".."))
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        var result = root + string.Join('/', parts);
        return result.Length == 0 ? "." : result;
    }

    public static string Absolute(string path) => Normalize(path.StartsWith('/') ? path : Join([Environment.CurrentDirectory, path]));

    public static string ExpandUser(string path) => (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
        && Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home
            ? home.TrimEnd('/') + path[1..]
            : path;
}
