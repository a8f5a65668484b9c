using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Copying and moving.</content>
internal sealed partial class OperatingSystemLibrary
{
    private static IEnumerable<KeywordDescriptor> Copying() =>
    [
        Plain("Copy File", "source: str, destination: str", (context, a) => CopyFile(context, a.Text("source"), a.Text("destination"), isMove: false)),
        Plain("Move File", "source: str, destination: str", (context, a) => CopyFile(context, a.Text("source"), a.Text("destination"), isMove: true)),
        Plain("Copy Files", "*sources_and_destination: str", (context, a) => CopyFiles(context, a.Varargs, isMove: false)),
        Plain("Move Files", "*sources_and_destination: str", (context, a) => CopyFiles(context, a.Varargs, isMove: true)),
        Plain("Copy Directory", "source, destination", (context, a) => CopyFolder(context, a, isMove: false)),
        Plain("Move Directory", "source: str, destination: str", (context, a) => CopyFolder(context, a, isMove: true)),
    ];

    private static string CopyFile(IKeywordContext context, string givenSource, string givenDestination, bool isMove)
    {
        var source = SourceOf(givenSource);
        var isFolder = Directory.Exists(givenDestination) || givenDestination.EndsWith('/') || givenDestination.EndsWith('\\');
        var destination = Absolute(givenDestination);
        EnsureFolder(isFolder ? destination : Path.GetDirectoryName(destination) ?? "/");
        destination = Directory.Exists(destination) ? Path.Combine(destination, Path.GetFileName(source)) : destination;
        if (source == destination)
        {
            context.Log($"Source '{Link(source)}' and destination '{Link(destination)}' point to the same file.", html: true);
            return destination;
        }

        OsErrors.Guard(destination, () =>
        {
            if (isMove)
            {
                File.Move(source, destination, overwrite: true);
            }
            else
            {
                File.Copy(source, destination, overwrite: true);
            }
        });
        context.Log($"{(isMove ? "Moved" : "Copied")} file from '{Link(source)}' to '{Link(destination)}'.", html: true);
        return destination;
    }

    private static string SourceOf(string given)
    {
        var source = Absolute(given);
        var found = PathPatterns.Find(source);
        if (found.Count > 1)
        {
            throw Error($"Multiple matches with source pattern '{source}'.");
        }

        source = found.Count == 1 ? found[0] : throw Error($"Source file '{source}' does not exist.");
        return File.Exists(source) ? source : throw Error($"Source file '{source}' is not a regular file.");
    }

    private static void EnsureFolder(string path)
    {
        if (File.Exists(path))
        {
            throw Error($"Destination '{path}' exists and is not a directory.");
        }

        OsErrors.Guard(path, () => Directory.CreateDirectory(path));
    }

    private static object? CopyFiles(IKeywordContext context, IReadOnlyList<object?> items, bool isMove)
    {
        if (items.Count < 2)
        {
            throw Error("Must contain destination and at least one source.");
        }

        var sources = items.SkipLast(1).SelectMany(pattern => PathPatterns.Find(Absolute((string)pattern!))).ToList();
        var destination = Absolute((string)items[^1]!);
        EnsureFolder(destination);
        foreach (var source in sources)
        {
            CopyFile(context, source, destination, isMove);
        }

        return null;
    }

    private static object? CopyFolder(IKeywordContext context, KeywordArguments a, bool isMove)
    {
        var (source, destination) = (Absolute(PyText.Str(a["source"])), Absolute(PyText.Str(a["destination"])));
        if (!Path.Exists(source))
        {
            throw Error($"Source '{source}' does not exist.");
        }

        if (!Directory.Exists(source))
        {
            throw Error($"Source '{source}' is not a directory.");
        }

        if (File.Exists(destination))
        {
            throw Error($"Destination '{destination}' is not a directory.");
        }

        if (Directory.Exists(destination))
        {
            destination = Path.Combine(destination, Path.GetFileName(source));
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(destination) ?? "/");
        }

        OsErrors.Guard(destination, () =>
        {
            CopyTree(source, destination);
            if (isMove)
            {
                Directory.Delete(source, recursive: true);
            }
        });
        context.Log($"{(isMove ? "Moved" : "Copied")} directory from '{Link(source)}' to '{Link(destination)}'.", html: true);
        return null;
    }

    private static void CopyTree(string source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (var item in new DirectoryInfo(source).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(destination, item.Name);
            if (item is DirectoryInfo)
            {
                CopyTree(item.FullName, target);
            }
            else
            {
                File.Copy(item.FullName, target);
            }
        }
    }
}
