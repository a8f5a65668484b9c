using System.Globalization;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Settings;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Variables that are there before the first suite: automatic ones, and those of the command line.</summary>
internal static class InitialVariables
{
    public static void Set(RunServices services)
    {
        SetCommandLine(services);
        SetBuiltIns(services.Variables, services.Settings, services.Rpa);
    }

    private static void SetCommandLine(RunServices services)
    {
        var (settings, variables) = (services.Settings, services.Variables);
        foreach (var written in settings.VariableFiles)
        {
            AddFile(services, written);
        }

        foreach (var written in settings.Variables)
        {
            AddVariable(services, variables, written);
        }
    }

    private static void AddFile(RunServices services, string written)
    {
        var (path, arguments) = SplitArguments(written);
        try
        {
            var found = Find(path, services.Settings.PythonPath);
            foreach (var (name, value) in VariableFiles.Read(found, arguments, services.Python))
            {
                services.Variables.Global.Store.Add(name, value, overwrite: false);
            }
        }
        catch (KeywordFailedException error)
        {
            services.Output.Error(error.Message);
        }
    }

    private static (string Path, IReadOnlyList<object?> Arguments) SplitArguments(string written)
    {
        if (File.Exists(written))
        {
            return (Path.GetFullPath(written), []);
        }

        var index = written.IndexOfAny([':', ';']);
        return index < 0 ? (written, []) : (written[..index], [.. written[(index + 1)..].Split(written[index])]);
    }

    private static string Find(string path, IReadOnlyList<string> pythonPath)
    {
        if (File.Exists(path))
        {
            return Path.GetFullPath(path);
        }

        return pythonPath.Select(folder => Path.Combine(folder, path)).FirstOrDefault(File.Exists)
            ?? throw new VariableSyntaxException(Path.HasExtension(path)
                ? $"Variable file '{path}' does not exist."
                : $"Processing variable file '{path}' failed: Importing variable file '{path}' failed: {ModuleNotFound.Describe(path, pythonPath)}");
    }

    private static void AddVariable(RunServices services, VariableScopes variables, string written)
    {
        var (name, type, value) = Split(written);
        object? converted = value;
        try
        {
            if (type is not null)
            {
                converted = services.Converter.Convert(value, type, "Command line variable", $"${{{name}: {type}}}");
            }

            variables.Global[$"${{{name}}}"] = converted;
        }
        catch (VariableSyntaxException error)
        {
            throw new Building.SuiteDataException(type is null ? $"Command line variable '{name}' is invalid: {error.Message}" : error.Message);
        }
    }

    // NAME:value or NAME: type:value.
    private static (string Name, string? Type, string Value) Split(string written)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return (written, null, "");
        }

        var (name, rest) = (written[..colon], written[(colon + 1)..]);
        if (!rest.StartsWith(' ') || rest.IndexOf(':', StringComparison.Ordinal) is not (> 1 and var second))
        {
            return (name, null, rest);
        }

        return (name, rest[1..second], rest[(second + 1)..]);
    }

    private static void SetBuiltIns(VariableScopes variables, RunSettings settings, bool rpa)
    {
        void Add(string name, object? value) => variables.SetBuiltIn(name, value);
        Add("${TEMPDIR}", Path.TrimEndingDirectorySeparator(Path.GetFullPath(TemporaryFolder())));
        Add("${EXECDIR}", Path.GetFullPath("."));
        Add("${OUTPUT_DIR}", settings.OutputDirectory);
        Add("${OUTPUT_FILE}", settings.Output ?? "NONE");
        Add("${REPORT_FILE}", settings.Report ?? "NONE");
        Add("${LOG_FILE}", settings.Log ?? "NONE");
        Add("${DEBUG_FILE}", settings.DebugFile ?? "NONE");
        Add("${LOG_LEVEL}", settings.LogLevel.ToText());
        Add("${PREV_TEST_NAME}", "");
        Add("${PREV_TEST_STATUS}", "");
        Add("${PREV_TEST_MESSAGE}", "");
        Add("${/}", "/");
        Add("${:}", ":");
        Add("${\\n}", "\n");
        Add("${SPACE}", " ");
        Add("${True}", true);
        Add("${False}", false);
        Add("${None}", null);
        Add("${null}", null);
        Add("&{OPTIONS}", new DotDict(
        [
            new("rpa", rpa),
            new("include", new PyList(settings.Include)),
            new("exclude", new PyList(settings.Exclude)),
            new("skip", new PyList(settings.Skip)),
            new("skip_on_failure", new PyList(settings.SkipOnFailure)),
            new("console_width", long.Parse(settings.ConsoleWidth.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        ]));
    }

    private static string TemporaryFolder() =>
        ((string[])["TMPDIR", "TEMP", "TMP"]).Select(Environment.GetEnvironmentVariable).FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && Directory.Exists(folder)) ?? "/tmp";
}
