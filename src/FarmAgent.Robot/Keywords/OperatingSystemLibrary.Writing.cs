using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Creating and removing files and folders.</content>
internal sealed partial class OperatingSystemLibrary
{
    private static IEnumerable<KeywordDescriptor> Writing() =>
    [
        Plain("Create File", "path: str, content: str | Secret='', encoding: str='UTF-8'", (context, a) => Write(
            context, a, "Created file '", path => File.WriteAllBytes(path, EncodedContent(a)))),
        Plain("Append To File", "path: str, content: str | Secret='', encoding: str='UTF-8'", (context, a) => Write(
            context, a, "Appended to file '", path => File.AppendAllBytes(path, EncodedContent(a)))),
        Plain("Create Binary File", "path: str, content: bytes", (context, a) => Write(
            context, a, "Created binary file '", path => File.WriteAllBytes(path, PyBytes.Of(a["content"]!).ToArray()))),
        Plain("Remove File", "path: str", (context, a) => RemoveFile(context, a.Text("path"))),
        Plain("Remove Files", "*paths: str", (context, a) =>
        {
            foreach (var path in a.Varargs)
            {
                RemoveFile(context, (string)path!);
            }

            return null;
        }),
        Plain("Empty Directory", "path: str", (context, a) =>
        {
            var path = AbsolutePath(a);
            foreach (var item in Items(context, path, null).Select(name => Path.Combine(path, name)))
            {
                OsErrors.Guard(item, () => Delete(item));
            }

            LogLink(context, "Emptied directory '", path, "'.");
            return null;
        }),
        Plain("Create Directory", "path: str", (context, a) =>
        {
            var path = AbsolutePath(a);
            if (Directory.Exists(path))
            {
                LogLink(context, "Directory '", path, "' already exists.");
            }
            else if (File.Exists(path))
            {
                throw Error($"Path '{path}' is not a directory.");
            }
            else
            {
                OsErrors.Guard(path, () => Directory.CreateDirectory(path));
                LogLink(context, "Created directory '", path, "'.");
            }

            return null;
        }),
        Plain("Remove Directory", "path: str, recursive: bool=False", RemoveFolder),
        Plain("Touch", "path: str", Touch),
    ];

    private static byte[] EncodedContent(KeywordArguments a) => PyCodecs.Encode(ContentOf(a["content"]), MapEncoding(a.Text("encoding")));

    private static object? Write(IKeywordContext context, KeywordArguments a, string message, Action<string> write)
    {
        var path = AbsolutePath(a);
        var folder = Path.GetDirectoryName(path) ?? "/";
        OsErrors.Guard(folder, () => Directory.CreateDirectory(folder));
        OsErrors.Guard(path, () => write(path));
        LogLink(context, message, path, "'.");
        return null;
    }

    private static object? RemoveFile(IKeywordContext context, string given)
    {
        var path = Absolute(given);
        var found = PathPatterns.Find(path);
        if (found.Count == 0)
        {
            LogLink(context, "File '", path, "' does not exist.");
        }

        foreach (var match in found)
        {
            if (!File.Exists(match))
            {
                throw Error($"Path '{path}' is not a file.");
            }

            OsErrors.Guard(match, () => File.Delete(match));
            LogLink(context, "Removed file '", match, "'.");
        }

        return null;
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static object? RemoveFolder(IKeywordContext context, KeywordArguments a)
    {
        var path = AbsolutePath(a);
        if (!Path.Exists(path))
        {
            LogLink(context, "Directory '", path, "' does not exist.");
            return null;
        }

        if (!Directory.Exists(path))
        {
            throw Error($"Path '{path}' is not a directory.");
        }

        if (!PyTruth.Of(a["recursive"]))
        {
            CheckEmpty(context, path, $"Directory '{path}' is not empty.");
            LogLink(context, "Directory '", path, "' is empty.");
        }

        OsErrors.Guard(path, () => Directory.Delete(path, recursive: true));
        LogLink(context, "Removed directory '", path, "'.");
        return null;
    }

    private static object? Touch(IKeywordContext context, KeywordArguments a)
    {
        var path = AbsolutePath(a);
        if (Directory.Exists(path))
        {
            throw Error($"Cannot touch '{path}' because it is a directory.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw Error($"Cannot touch '{path}' because its parent directory does not exist.");
        }

        var exists = File.Exists(path);
        OsErrors.Guard(path, () =>
        {
            if (exists)
            {
                File.SetLastWriteTimeUtc(path, context.Clock.Now.UtcDateTime);
            }
            else
            {
                File.WriteAllBytes(path, []);
            }
        });
        LogLink(context, exists ? "Touched existing file '" : "Touched new file '", path, "'.");
        return null;
    }
}
