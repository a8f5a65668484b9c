using System.Globalization;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>When files were modified.</content>
internal sealed partial class OperatingSystemLibrary
{
    private static IEnumerable<KeywordDescriptor> FileTimes() =>
    [
        Plain("Get Modified Time", "path: str, format: str='timestamp'", (context, a) =>
        {
            var path = AbsolutePath(a);
            if (!Path.Exists(path))
            {
                throw Error($"Path '{path}' does not exist.");
            }

            var time = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
            var shown = RobotTimes.Format(a.Text("format"), time.ToUnixTimeMilliseconds() / 1000.0, context.Clock.Now.Offset);
            LogLink(context, "Last modified time of '", path, $"' is {PyText.Str(shown)}.");
            return shown;
        }),
        Plain("Set Modified Time", "path: str, mtime: int | str", (context, a) =>
        {
            var epoch = RobotTimes.Parse(a["mtime"], context.Clock.Now);
            var path = AbsolutePath(a);
            if (!Path.Exists(path))
            {
                throw Error($"File '{path}' does not exist.");
            }

            if (!File.Exists(path))
            {
                throw Error($"Path '{path}' is not a regular file.");
            }

            var time = DateTimeOffset.FromUnixTimeMilliseconds((long)(epoch * 1000));
            OsErrors.Guard(path, () => File.SetLastWriteTimeUtc(path, time.UtcDateTime));
            var shown = time.ToOffset(context.Clock.Now.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            LogLink(context, "Set modified time of '", path, $"' to {shown}.");
            return null;
        }),
    ];
}
