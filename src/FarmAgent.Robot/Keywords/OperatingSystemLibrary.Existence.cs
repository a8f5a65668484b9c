using System.Diagnostics;
using FarmAgent.Robot.Libraries;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Whether files and folders exist and have content.</content>
internal sealed partial class OperatingSystemLibrary
{
    private static IEnumerable<KeywordDescriptor> Existence() =>
    [
        Assertion("Should Exist", PathAndMessage, (context, a) => CheckExists(context, a, "Path", Path.Exists)),
        Assertion("Should Not Exist", PathAndMessage, (context, a) => CheckMissing(context, a, "Path", Path.Exists)),
        Assertion("File Should Exist", PathAndMessage, (context, a) => CheckExists(context, a, "File", File.Exists)),
        Assertion("File Should Not Exist", PathAndMessage, (context, a) => CheckMissing(context, a, "File", File.Exists)),
        Assertion("Directory Should Exist", PathAndMessage, (context, a) => CheckExists(context, a, "Directory", Directory.Exists)),
        Assertion("Directory Should Not Exist", PathAndMessage, (context, a) => CheckMissing(context, a, "Directory", Directory.Exists)),
        Assertion("Wait Until Removed", "path: str, timeout: timedelta | None='1 minute'", (context, a) => WaitUntil(context, a, isWanted: false)),
        Assertion("Wait Until Created", "path: str, timeout: timedelta | None='1 minute'", (context, a) => WaitUntil(context, a, isWanted: true)),
        Assertion("Directory Should Be Empty", PathAndMessage, (context, a) =>
        {
            var path = AbsolutePath(a);
            CheckEmpty(context, path, a.OptionalText("msg"));
            LogLink(context, "Directory '", path, "' is empty.");
        }),
        Assertion("Directory Should Not Be Empty", PathAndMessage, (context, a) =>
        {
            var path = AbsolutePath(a);
            var count = Items(context, path, null).Count;
            if (count == 0)
            {
                throw Failure($"Directory '{path}' is empty.", a.OptionalText("msg"));
            }

            LogLink(context, "Directory '", path, $"' contains {count} item{ItemTexts.Plural(count)}.");
        }),
        Assertion("File Should Be Empty", PathAndMessage, (context, a) =>
        {
            var (path, size) = SizeOf(a);
            if (size > 0)
            {
                throw Failure($"File '{path}' is not empty. Size: {size} byte{ItemTexts.Plural(size)}.", a.OptionalText("msg"));
            }

            LogLink(context, "File '", path, "' is empty.");
        }),
        Assertion("File Should Not Be Empty", PathAndMessage, (context, a) =>
        {
            var (path, size) = SizeOf(a);
            if (size == 0)
            {
                throw Failure($"File '{path}' is empty.", a.OptionalText("msg"));
            }

            LogLink(context, "File '", path, $"' contains {size} bytes.");
        }),
        Plain("Get File Size", "path: str", (context, a) =>
        {
            var (path, size) = SizeOf(a);
            LogLink(context, "Size of file '", path, $"' is {size} byte{ItemTexts.Plural(size)}.");
            return size;
        }),
    ];

    private static (string Path, long Size) SizeOf(KeywordArguments a)
    {
        var path = AbsolutePath(a);
        return File.Exists(path) ? (path, new FileInfo(path).Length) : throw Error($"File '{path}' does not exist.");
    }

    private static void CheckExists(IKeywordContext context, KeywordArguments a, string kind, Predicate<string> isKind)
    {
        var path = AbsolutePath(a);
        if (!PathPatterns.Find(path).Exists(isKind))
        {
            throw Failure($"{kind} '{path}' does not exist.", a.OptionalText("msg"));
        }

        LogLink(context, $"{kind} '", path, "' exists.");
    }

    private static void CheckMissing(IKeywordContext context, KeywordArguments a, string kind, Predicate<string> isKind)
    {
        var path = AbsolutePath(a);
        var found = PathPatterns.Find(path).FindAll(isKind);
        if (found.Count > 0)
        {
            var standard = PathPatterns.IsPattern(path)
                ? $"{kind} '{path}' matches {ItemTexts.Quoted(found.Order(StringComparer.Ordinal))}."
                : $"{kind} '{path}' exists.";
            throw Failure(standard, a.OptionalText("msg"));
        }

        LogLink(context, $"{kind} '", path, "' does not exist.");
    }

    private static void CheckEmpty(IKeywordContext context, string path, string? message)
    {
        var items = Items(context, path, null);
        if (items.Count > 0)
        {
            throw Failure($"Directory '{path}' is not empty. Contents: {ItemTexts.Quoted(items, ", ")}.", message);
        }
    }

    private static void WaitUntil(IKeywordContext context, KeywordArguments a, bool isWanted)
    {
        var path = AbsolutePath(a);
        var limit = KeywordTimes.Seconds(a["timeout"]);
        var watch = Stopwatch.StartNew();
        var verb = isWanted ? "created" : "removed";
        while (PathPatterns.Find(path).Count > 0 != isWanted)
        {
            if (limit is { } seconds && watch.Elapsed.TotalSeconds > seconds)
            {
                throw Error($"'{path}' was not {verb} in {TimeStrings.Format(seconds)}.");
            }

            context.Cancellation.WaitHandle.WaitOne(PollInterval);
            context.Cancellation.ThrowIfCancellationRequested();
        }

        LogLink(context, "'", path, $"' was {verb}.");
    }
}
