using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>What is in folders.</content>
internal sealed partial class OperatingSystemLibrary
{
    private const string ListArguments = "path: str, pattern: str | None=None, absolute: bool=False";
    private const string CountArguments = "path: str, pattern: str | None=None";

    private static IEnumerable<KeywordDescriptor> Listing() =>
    [
        Plain("List Directory", ListArguments, (context, a) => List(context, a, Path.Exists, "item", "items")),
        Plain("List Files In Directory", ListArguments, (context, a) => List(context, a, File.Exists, "file", "files")),
        Plain("List Directories In Directory", ListArguments, (context, a) => List(context, a, Directory.Exists, "directory", "directories")),
        Plain("Count Items In Directory", CountArguments, (context, a) => Count(context, a, Path.Exists, "item", "items")),
        Plain("Count Files In Directory", CountArguments, (context, a) => Count(context, a, File.Exists, "file", "files")),
        Plain("Count Directories In Directory", CountArguments, (context, a) => Count(context, a, Directory.Exists, "directory", "directories")),
    ];

    /// <summary>Sorted names in a folder, or null for the pattern that takes all.</summary>
    private static List<string> Items(IKeywordContext context, string path, string? pattern)
    {
        LogLink(context, "Listing contents of directory '", path, "'.");
        if (!Directory.Exists(path))
        {
            throw Error($"Directory '{path}' does not exist.");
        }

        var glob = string.IsNullOrEmpty(pattern) ? null : new GlobPattern(pattern);
        return [.. OsErrors.Guard(path, () => new DirectoryInfo(path).GetFileSystemInfos())
            .Select(item => item.Name)
            .Where(name => glob?.Matches(name) ?? true)
            .Order(StringComparer.Ordinal)];
    }

    private static List<string> Find(IKeywordContext context, KeywordArguments a, Predicate<string> isKind)
    {
        var path = AbsolutePath(a);
        return Items(context, path, a.OptionalText("pattern")).FindAll(name => isKind(Path.Combine(path, name)) || isKind == Path.Exists);
    }

    private static PyList List(IKeywordContext context, KeywordArguments a, Predicate<string> isKind, string one, string many)
    {
        var found = Find(context, a, isKind);
        if (PyTruth.Of(a["absolute"]))
        {
            var path = AbsolutePath(a);
            found = found.ConvertAll(name => PosixPaths.Join([path, name]));
        }

        context.Log($"{found.Count} {(found.Count == 1 ? one : many)}:\n{string.Join('\n', found)}");
        return new PyList(found);
    }

    private static object? Count(IKeywordContext context, KeywordArguments a, Predicate<string> isKind, string one, string many)
    {
        var count = Find(context, a, isKind).Count;
        context.Log($"{count} {(count == 1 ? one : many)}.");
        return (long)count;
    }
}
