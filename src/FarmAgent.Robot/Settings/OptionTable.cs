namespace FarmAgent.Robot.Settings;

/// <summary>An option of the command line.</summary>
/// <param name="Name">Long name, lower case without hyphens.</param>
/// <param name="Short">Short names.</param>
/// <param name="TakesValue">Whether it takes a value.</param>
internal sealed record Option(string Name, string Short, bool TakesValue);

/// <summary>The options that the command line knows.</summary>
internal static class OptionTable
{
    public static readonly IReadOnlyList<Option> All =
    [
        Flag("rpa"), Value("language"), Value("extension", "F"), Value("parseinclude", "I"), Value("name", "N"), Value("doc", "D"),
        Value("metadata", "M"), Value("settag", "G"), Value("test", "t"), Value("task"), Value("suite", "s"), Value("include", "i"),
        Value("exclude", "e"), Value("rerunfailed", "R"), Value("rerunfailedsuites", "S"), Flag("runemptysuite"), Value("skip"),
        Value("skiponfailure"), Value("variable", "v"), Value("variablefile", "V"), Value("outputdir", "d"), Value("output", "o"),
        Flag("legacyoutput"), Value("log", "l"), Value("report", "r"), Value("xunit", "x"), Value("debugfile", "b"),
        Flag("timestampoutputs", "T"), Flag("splitlog"), Value("logtitle"), Value("reporttitle"), Value("reportbackground"),
        Value("maxerrorlines"), Value("maxassignlength"), Value("loglevel", "L"), Value("suitestatlevel"), Value("tagstatinclude"),
        Value("tagstatexclude"), Value("tagstatcombine"), Value("tagdoc"), Value("tagstatlink"), Value("expandkeywords"),
        Value("removekeywords"), Value("flattenkeywords"), Value("listener"), Flag("statusrc"), Flag("dryrun"), Flag("exitonfailure", "X"),
        Flag("exitonerror"), Flag("skipteardownonexit"), Value("prerunmodifier"), Value("prerebotmodifier"), Value("randomize"),
        Value("console"), Flag("dotted", "."), Flag("quiet"), Value("consolewidth", "W"), Value("consolecolors", "C"),
        Value("consolelinks"), Value("consolemarkers", "K"), Value("pythonpath", "P"), Value("argumentfile", "A"), Flag("help", "h?"),
        Flag("version"), Value("parser"),
    ];

    private static Option Flag(string name, string shortNames = "") => new(name, shortNames, false);

    private static Option Value(string name, string shortNames = "") => new(name, shortNames, true);
}
