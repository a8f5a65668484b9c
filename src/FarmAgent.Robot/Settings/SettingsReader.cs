using System.Globalization;
using FarmAgent.Robot.Building;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Settings;

/// <summary>Checks options and turns them into settings.</summary>
internal sealed partial class SettingsReader
{
    private readonly RunSettings _settings = new();
    private readonly DateTimeOffset _now;
    private string? _output = "output.xml";
    private string? _log = "log.html";
    private string? _report = "report.html";
    private string? _xunit;
    private string? _debugFile;
    private string _outputDirectory = ".";

    private SettingsReader(DateTimeOffset now) => _now = now;

    /// <summary>Reads all options of a command line.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="now">Time of the run, for names of files.</param>
    /// <exception cref="SuiteDataException">A value is wrong.</exception>
    public static RunSettings Read(CommandLine line, DateTimeOffset now)
    {
        var reader = new SettingsReader(now);
        foreach (var (name, value) in line.Options)
        {
            reader.Apply(name, value);
        }

        reader._settings.Paths = line.Paths;
        reader.ApplyExtensions();
        reader.SetOutputs();
        return reader._settings;
    }

    private static SuiteDataException Invalid(string option, string problem) => new($"Invalid value for option '--{option}': {problem}");

    private static KeyValuePair<string, string> SplitColon(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(value, "") : new(value[..colon], value[(colon + 1)..]);
    }

    private static int Integer(string option, string value) =>
        int.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid(option, $"Expected integer, got '{value}'.");

    private static void AddNonEmpty(List<string> list, string value)
    {
        if (value.Length > 0)
        {
            list.Add(value);
        }
    }

    // Documentation may be the path of a file; the text is data, so its backslashes are kept.
    private static string Text(string value) => Escapes.Escape(File.Exists(value) && value.Trim() == value ? File.ReadAllText(value) : value).Trim();

    private static string? FileName(string value) =>
        value.Length == 0 || value.Equals("NONE", StringComparison.OrdinalIgnoreCase) ? null : value;

    private void Apply(string name, string value)
    {
        if (!ApplySelection(name, value) && !ApplyOutput(name, value) && !ApplyRun(name, value))
        {
            ApplyConsole(name, value);
            if (name is "listener" or "prerunmodifier" or "prerebotmodifier" or "parser")
            {
                _extensions.Add((name, value));
            }

            ApplyLog(name, value);
        }
    }

    private bool ApplySelection(string name, string value)
    {
        var s = _settings;
        switch (name)
        {
            case "test" or "task":
                AddNonEmpty(s.Tests, value);
                return true;
            case "suite":
                AddNonEmpty(s.Suites, value);
                return true;
            case "include":
                AddNonEmpty(s.Include, value);
                return true;
            case "exclude":
                AddNonEmpty(s.Exclude, value);
                return true;
            case "skip":
                AddNonEmpty(s.Skip, value);
                return true;
            case "skiponfailure":
                AddNonEmpty(s.SkipOnFailure, value);
                return true;
            case "rerunfailed":
                s.RerunFailed = FileName(value);
                return true;
            case "rerunfailedsuites":
                s.RerunFailedSuites = FileName(value);
                return true;
            case "runemptysuite":
                s.RunEmptySuite = value == "true";
                return true;
            case "name":
                s.Name = value;
                return true;
            case "doc":
                s.Documentation = Text(value);
                return true;
            case "metadata":
                var (key, text) = SplitColon(value);
                s.Metadata.Add(new(key, Text(text)));
                return true;
            case "settag":
                s.SetTags.Add(value);
                return true;
            case "extension":
                s.Extensions.Clear();
                s.Extensions.AddRange(value.Split(':').Select(extension => "." + extension.ToLowerInvariant().TrimStart('.')));
                return true;
            case "parseinclude":
                s.ParseInclude.Add(value);
                return true;
            case "language":
                s.Languages.Add(value);
                return true;
            case "rpa":
                s.Rpa = value == "true";
                return true;
            default:
                return false;
        }
    }

    private bool ApplyOutput(string name, string value)
    {
        var s = _settings;
        switch (name)
        {
            case "outputdir":
                _outputDirectory = value;
                return true;
            case "output":
                _output = FileName(value);
                return true;
            case "log":
                _log = FileName(value);
                return true;
            case "report":
                _report = FileName(value);
                return true;
            case "xunit":
                _xunit = FileName(value);
                return true;
            case "debugfile":
                _debugFile = FileName(value);
                return true;
            case "timestampoutputs":
                s.TimestampOutputs = value == "true";
                return true;
            case "legacyoutput":
                s.LegacyOutput = value == "true";
                return true;
            case "logtitle":
                s.LogTitle = value;
                return true;
            case "reporttitle":
                s.ReportTitle = value;
                return true;
            case "suitestatlevel":
                s.SuiteStatLevel = Integer(name, value) is var level and > 0 ? level : -1;
                return true;
            case "tagstatinclude":
                s.TagStatInclude.Add(value);
                return true;
            case "tagstatexclude":
                s.TagStatExclude.Add(value);
                return true;
            case "tagstatcombine":
                var colon = value.LastIndexOf(':');
                s.TagStatCombine.Add(colon < 0 ? new(value, "") : new(value[..colon], value[(colon + 1)..]));
                return true;
            case "tagdoc":
                s.TagDoc.Add(SplitColon(value));
                return true;
            case "tagstatlink":
                var parts = value.Split(':');
                s.TagStatLink.Add(parts.Length >= 3
                    ? (parts[0], string.Join(':', parts[1..^1]), parts[^1])
                    : throw Invalid(name, $"Expected format 'tag:link:title', got '{value}'."));
                return true;
            default:
                return false;
        }
    }

    private bool ApplyRun(string name, string value)
    {
        var s = _settings;
        switch (name)
        {
            case "variable":
                s.Variables.Add(value);
                return true;
            case "variablefile":
                s.VariableFiles.Add(value);
                return true;
            case "loglevel":
                ReadLogLevel(value);
                return true;
            case "maxerrorlines":
                ReadMaxErrorLines(value);
                return true;
            case "maxassignlength":
                s.MaxAssignLength = Math.Max(Integer(name, value), 0);
                return true;
            case "statusrc":
                s.NoStatusRc = value == "false";
                return true;
            case "dryrun":
                s.DryRun = value == "true";
                return true;
            case "exitonfailure":
                s.ExitOnFailure = value == "true";
                return true;
            case "exitonerror":
                s.ExitOnError = value == "true";
                return true;
            case "skipteardownonexit":
                s.SkipTeardownOnExit = value == "true";
                return true;
            case "randomize":
                ReadRandomize(value);
                return true;
            case "pythonpath":
                s.PythonPath.AddRange(value.Split(value.Contains(';', StringComparison.Ordinal) ? ';' : ':')
                    .SelectMany(PathGlob.Expand).Select(Path.GetFullPath));
                return true;
            default:
                return false;
        }
    }
}
