using FarmAgent.Robot.Results;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Output;

/// <summary>The writers that the options ask for, in the order in which their files are announced.</summary>
internal static class ResultFiles
{
    /// <summary>Opens the files that are written during the run and prepares the others.</summary>
    /// <param name="settings">Options with absolute paths.</param>
    /// <param name="generator">Who writes, for the head of <c>output.xml</c>.</param>
    /// <param name="now">Local time.</param>
    /// <param name="matchers">Makes matchers from tag patterns.</param>
    public static List<IRobotListener> CreateWriters(RunSettings settings, string generator, DateTimeOffset now, TagMatcherFactory matchers)
    {
        var writers = new List<IRobotListener>();
        StatisticsBuilder Statistics() => new(settings, matchers);
        if (settings.DebugFile is { } debug)
        {
            writers.Add(new DebugFileWriter(Utf8Output.Create(debug), debug));
        }

        if (settings.Output is { } output)
        {
            writers.Add(Path.GetExtension(output).Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? new OutputJsonWriter(Utf8Output.Create(output), output, generator, now, Statistics())
                : new OutputXmlWriter(Utf8Output.Create(output), output, generator, now, Statistics(), settings.LegacyOutput));
        }

        if (settings.XUnit is { } xunit)
        {
            writers.Add(new XunitWriter(xunit));
        }

        if (settings.Log is { } log)
        {
            writers.Add(new LogHtmlWriter(Utf8Output.Create(log), log, settings.LogTitle, Statistics(), new LogPruning(settings, matchers)));
        }

        if (settings.Report is { } report)
        {
            var logName = settings.Log is { } path ? Path.GetRelativePath(Path.GetDirectoryName(report) ?? "/", path) : null;
            writers.Add(new ReportHtmlWriter(report, settings.ReportTitle, logName, Statistics(), settings.ReportBackground));
        }

        return writers;
    }
}
