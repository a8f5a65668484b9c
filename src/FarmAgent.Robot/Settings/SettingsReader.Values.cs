using System.Globalization;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Settings;

/// <summary>Options whose values have rules of their own.</summary>
internal sealed partial class SettingsReader
{
    private static readonly string[] RandomizeModes = ["TESTS", "SUITES", "ALL", "NONE"];

    private void ReadLogLevel(string value)
    {
        var parts = value.ToUpperInvariant().Split(':', 2);
        var levels = new MessageLevel[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!MessageLevelExtensions.TryParse(parts[i], out levels[i]) || levels[i] is MessageLevel.Fail or MessageLevel.Skip)
            {
                throw Invalid("loglevel", $"Invalid log level '{parts[i]}'.");
            }
        }

        if (levels.Length == 2 && levels[0] > levels[1])
        {
            throw Invalid("loglevel", $"Level in log '{levels[1].ToText()}' is lower than execution level '{levels[0].ToText()}'.");
        }

        _settings.LogLevel = levels[0];
    }

    private void ReadMaxErrorLines(string value)
    {
        if (value.Length == 0 || value.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            _settings.MaxErrorLines = null;
            return;
        }

        var number = Integer("maxerrorlines", value);
        _settings.MaxErrorLines = number >= 10 ? number : throw Invalid("maxerrorlines", $"Expected integer greater than 10, got {number}.");
    }

    private void ReadRandomize(string written)
    {
        var value = written.ToUpperInvariant();
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        var seed = colon < 0 ? null : value[(colon + 1)..];
        var mode = colon < 0 ? value : value[..colon];
        mode = mode is "TEST" or "SUITE" ? mode + "S" : mode;
        if (!RandomizeModes.Contains(mode))
        {
            throw Invalid("randomize", $"Expected {ErrorList.Quote(RandomizeModes, " or ")}, got '{mode}'.");
        }

        if (seed is not null && !int.TryParse(seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            throw Invalid("randomize", $"Seed should be integer, got '{seed}'.");
        }

        _settings.RandomizeSuites = mode is "SUITES" or "ALL";
        _settings.RandomizeTests = mode is "TESTS" or "ALL";
        _settings.RandomSeed = seed is null ? null : int.Parse(seed, CultureInfo.InvariantCulture);
    }

    private void ApplyConsole(string name, string value)
    {
        var s = _settings;
        switch (name)
        {
            case "console":
                s.Console = value.ToLowerInvariant() switch
                {
                    "verbose" => ConsoleKind.Verbose,
                    "dotted" => ConsoleKind.Dotted,
                    "quiet" => ConsoleKind.Quiet,
                    "none" => ConsoleKind.None,
                    _ => throw new Building.SuiteDataException(
                        $"Taking console logger '{value}' into use failed: Importing console logger '{value}' failed: {NoModule(value)}"),
                };
                break;
            case "dotted":
                s.Console = value == "true" ? ConsoleKind.Dotted : s.Console;
                break;
            case "quiet":
                s.Console = value == "true" ? ConsoleKind.Quiet : s.Console;
                break;
            case "consolewidth":
                s.ConsoleWidth = Integer(name, value) is var width and > 0 ? width : 78;
                break;
            case "consolecolors":
                s.ConsoleColors = Switch(value, "console color", "AUTO", "ON", "OFF", "ANSI");
                break;
            case "consolelinks":
                s.ConsoleLinks = Switch(value, "console link", "AUTO", "OFF");
                break;
            case "consolemarkers":
                s.ConsoleMarkers = Switch(value, "console marker", "AUTO", "ON", "OFF");
                break;
        }
    }

    private string NoModule(string name) => ModuleNotFound.Describe(name, _settings.PythonPath);

    private void ApplyLog(string name, string value)
    {
        var word = value.ToUpperInvariant();
        var isPattern = word.StartsWith("NAME:", StringComparison.Ordinal) || word.StartsWith("TAG:", StringComparison.Ordinal);
        switch (name)
        {
            case "removekeywords":
                _settings.RemoveKeywords.Add(isPattern || word is "ALL" or "PASSED" or "FOR" or "WHILE" or "WUKS" ? value
                    : throw Invalid(name, $"Expected 'ALL', 'PASSED', 'NAME:<pattern>', 'TAG:<pattern>', 'FOR' or 'WUKS', got '{value}'."));
                break;
            case "flattenkeywords":
                _settings.FlattenKeywords.Add(isPattern || word is "FOR" or "FORITEM" or "WHILE" or "ITERATION" ? value
                    : throw Invalid(name, $"Expected 'FOR', 'WHILE', 'ITERATION', 'TAG:<pattern>' or 'NAME:<pattern>', got '{value}'."));
                break;
            case "expandkeywords":
                _settings.ExpandKeywords.Add(
                    isPattern ? value : throw Invalid(name, $"Expected 'TAG:<pattern>' or 'NAME:<pattern>', got '{value}'."));
                break;
            case "reportbackground":
                var colors = value.Split(':');
                _settings.ReportBackground = colors.Length is 2 or 3 ? colors
                    : throw Invalid(name, $"Expected format 'pass:fail:skip' or 'pass:fail', got '{value}'.");
                break;
        }
    }

    private static ConsoleSwitch Switch(string value, string what, params string[] allowed)
    {
        var word = value.ToUpperInvariant();
        if (!allowed.Contains(word))
        {
            throw new Building.SuiteDataException($"Invalid {what} '{value}'. Available: {ErrorList.Quote(allowed)}.");
        }

        return word switch
        {
            "ON" => ConsoleSwitch.On,
            "OFF" => ConsoleSwitch.Off,
            "ANSI" => ConsoleSwitch.Ansi,
            _ => ConsoleSwitch.Auto,
        };
    }

    private void SetOutputs()
    {
        var s = _settings;
        s.OutputDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(_outputDirectory));
        s.Output = Full(_output, ".xml");
        s.XUnit = Full(_xunit, ".xml");
        s.Log = Full(_log, ".html");
        s.Report = Full(_report, ".html");
        s.DebugFile = Full(_debugFile, ".txt");
    }

    private string? Full(string? name, string extension)
    {
        if (name is null)
        {
            return null;
        }

        var own = Path.GetExtension(name);
        var stem = own.Length > 0 ? name[..^own.Length] : name;
        var time = _settings.TimestampOutputs ? _now.ToString("-yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) : "";
        return Path.GetFullPath(Path.Combine(_settings.OutputDirectory, stem + time + (own.Length > 0 ? own : extension)));
    }
}
