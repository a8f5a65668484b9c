namespace FarmAgent.Architecture.Tests.Trees;

/// <summary>A checkout, or a made-up one: every check gets its files from here, so that each can be shown a tree in which it must fail.</summary>
internal sealed class SourceTree
{
    private static readonly string[] NotOurs = ["artifacts", ".git", "obj", "node_modules"];

    private readonly string _root;

    public SourceTree(string root) => _root = root;

    /// <summary>Paths relative to the root, with slashes, of all files under a folder that have this ending.</summary>
    public IEnumerable<string> Files(string folder, string ending)
    {
        var start = Path.Combine(_root, folder);
        if (!Directory.Exists(start))
        {
            return [];
        }

        return Directory.EnumerateFiles(start, "*" + ending, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.Split('/').Intersect(NotOurs, StringComparer.Ordinal).Any())
            .Order(StringComparer.Ordinal);
    }

    public string Text(string path) => File.ReadAllText(Path.Combine(_root, path));

    /// <summary>True for a file or a folder.</summary>
    public bool Exists(string path) => Path.Exists(Path.Combine(_root, path));
}
