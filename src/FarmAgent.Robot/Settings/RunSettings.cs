using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Settings;

/// <summary>How the console shows the run.</summary>
internal enum ConsoleKind
{
    Verbose,
    Dotted,
    Quiet,
    None,
}

/// <summary>When something of the console is used.</summary>
internal enum ConsoleSwitch
{
    Auto,
    On,
    Off,

    /// <summary>Colours as escape codes even where the console would need another way.</summary>
    Ansi,
}

/// <summary>Options of one run, after the command line has been read and checked.</summary>
internal sealed class RunSettings
{
    /// <summary>Paths to run, as given.</summary>
    public IReadOnlyList<string> Paths { get; set; } = [];

    /// <summary>Errors that do not stop the run, such as a listener that cannot be taken into use.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Errors that are told when the log and the report are written.</summary>
    public List<string> LateProblems { get; } = [];

    /// <summary>Tasks (true), tests (false), or by the headers of the files.</summary>
    public bool? Rpa { get; set; }

    public List<string> Languages { get; } = [];

    public List<string> Extensions { get; } = [];

    public List<string> ParseInclude { get; } = [];

    public string? Name { get; set; }

    public string? Documentation { get; set; }

    public List<KeyValuePair<string, string>> Metadata { get; } = [];

    public List<string> SetTags { get; } = [];

    public List<string> Tests { get; } = [];

    public List<string> Suites { get; } = [];

    public List<string> Include { get; } = [];

    public List<string> Exclude { get; } = [];

    public string? RerunFailed { get; set; }

    public string? RerunFailedSuites { get; set; }

    public bool RunEmptySuite { get; set; }

    public List<string> Skip { get; } = [];

    public List<string> SkipOnFailure { get; } = [];

    public List<string> Variables { get; } = [];

    public List<string> VariableFiles { get; } = [];

    /// <summary>Directory for files of the run, absolute.</summary>
    public string OutputDirectory { get; set; } = "";

    /// <summary>Absolute path of output.xml, or <see langword="null"/> when switched off.</summary>
    public string? Output { get; set; }

    /// <summary>Absolute path of log.html, or <see langword="null"/> when switched off.</summary>
    public string? Log { get; set; }

    /// <summary>Absolute path of report.html, or <see langword="null"/> when switched off.</summary>
    public string? Report { get; set; }

    /// <summary>Absolute path of the xunit file, or <see langword="null"/> when not wanted.</summary>
    public string? XUnit { get; set; }

    /// <summary>Absolute path of the debug file, or <see langword="null"/> when not wanted.</summary>
    public string? DebugFile { get; set; }

    public bool TimestampOutputs { get; set; }

    public bool LegacyOutput { get; set; }

    public string? LogTitle { get; set; }

    public string? ReportTitle { get; set; }

    /// <summary>Background colours of the report when all passed, when something failed and, if given, when all were skipped; or <see langword="null"/>.</summary>
    public IReadOnlyList<string>? ReportBackground { get; set; }

    public MessageLevel LogLevel { get; set; } = MessageLevel.Info;

    /// <summary>Lines of a failure message before it is cut; <see langword="null"/> for no limit.</summary>
    public int? MaxErrorLines { get; set; } = 40;

    public int MaxAssignLength { get; set; } = 200;

    /// <summary>How many levels of suites the statistics show; negative for all.</summary>
    public int SuiteStatLevel { get; set; } = -1;

    public List<string> TagStatInclude { get; } = [];

    public List<string> TagStatExclude { get; } = [];

    /// <summary>Combined statistics: pattern, and name or an empty text.</summary>
    public List<KeyValuePair<string, string>> TagStatCombine { get; } = [];

    /// <summary>Documentation by tag pattern.</summary>
    public List<KeyValuePair<string, string>> TagDoc { get; } = [];

    /// <summary>Links by tag pattern: pattern, link, title.</summary>
    public List<(string Pattern, string Link, string Title)> TagStatLink { get; } = [];

    /// <summary>What is taken out of the log: <c>ALL</c>, <c>PASSED</c>, <c>FOR</c>, <c>WHILE</c>, <c>WUKS</c>, <c>NAME:pattern</c>, <c>TAG:pattern</c>.</summary>
    public List<string> RemoveKeywords { get; } = [];

    /// <summary>Of what the log shows the messages only: <c>FOR</c>, <c>WHILE</c>, <c>ITERATION</c>, <c>NAME:pattern</c>, <c>TAG:pattern</c>.</summary>
    public List<string> FlattenKeywords { get; } = [];

    /// <summary>What the log shows at once: <c>NAME:pattern</c>, <c>TAG:pattern</c>.</summary>
    public List<string> ExpandKeywords { get; } = [];

    public bool NoStatusRc { get; set; }

    public bool DryRun { get; set; }

    public bool ExitOnFailure { get; set; }

    public bool ExitOnError { get; set; }

    public bool SkipTeardownOnExit { get; set; }

    public bool RandomizeSuites { get; set; }

    public bool RandomizeTests { get; set; }

    public int? RandomSeed { get; set; }

    public ConsoleKind Console { get; set; }

    public int ConsoleWidth { get; set; } = 78;

    public ConsoleSwitch ConsoleColors { get; set; }

    public ConsoleSwitch ConsoleLinks { get; set; }

    public ConsoleSwitch ConsoleMarkers { get; set; }

    public List<string> PythonPath { get; } = [];
}
