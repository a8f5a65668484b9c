using FarmAgent.Robot.Building;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Imports of one suite: at its start and by keywords while it runs.</summary>
/// <param name="services">What the run shares.</param>
/// <param name="keywords">Takes the keywords.</param>
/// <param name="suiteName">Full name of the suite, for messages.</param>
internal sealed class SuiteImports(RunServices services, KeywordStore keywords, string suiteName)
{
    private readonly List<(string Path, IReadOnlyList<object?> Arguments)> _variableFiles = [];

    private VariableScopes Variables => services.Variables;

    /// <summary>Imports everything that a file names. Errors are logged and skipped.</summary>
    public void ImportAll(ResourceFile file)
    {
        foreach (var item in file.Imports)
        {
            try
            {
                Import(item, file);
            }
            catch (KeywordFailedException error)
            {
                services.Output.Error(Problem(file, item.Line, error.ResultMessage));
            }
        }
    }

    /// <summary>Variable rows of a file with their converter and error report.</summary>
    public IEnumerable<VariableDefinition> Definitions(ResourceFile file) => file.Variables.Select(row =>
        new VariableDefinition(row.Name, row.Values, row.Separator, services.Converter)
        {
            Error = row.Error,
            ReportError = message => services.Output.Error(Problem(file, row.Line, $"Setting variable '{row.Name}' failed: {message}")),
        });

    public void ImportLibrary(string name, IReadOnlyList<object?> arguments, string? alias, ResourceFile? file, int line)
    {
        var resolved = ReplaceName("Library", name);
        if (resolved.EndsWith(".py", StringComparison.OrdinalIgnoreCase) || resolved.EndsWith('/'))
        {
            resolved = FindPath(resolved, "Library", file);
        }

        var library = services.Importer.Import(resolved, arguments, alias, services.DryRun ? null : Variables.Current);
        if (keywords.Libraries.TryGetValue(library.Name, out var known))
        {
            WarnAboutDuplicate(library, known, file, line);
            return;
        }

        keywords.Libraries[library.Name] = library;
    }

    public void ImportResource(string name, ResourceFile? file, bool overwrite)
    {
        var path = FindPath(ReplaceName("Resource", name), "Resource file", file);
        if (Path.GetFileNameWithoutExtension(path).Equals("__init__", StringComparison.OrdinalIgnoreCase))
        {
            throw new VariableSyntaxException($"Initialization file '{path}' cannot be imported as a resource file.");
        }

        if (!overwrite && keywords.Resources.ContainsKey(path))
        {
            return;
        }

        var resource = services.Files.ImportResource(path);
        Variables.SetFromSection(Definitions(resource), overwrite);
        keywords.Resources[path] = resource;
        ImportAll(resource);
    }

    public void ImportVariables(string name, IReadOnlyList<object?> cells, ResourceFile? file, bool overwrite)
    {
        var resolved = ReplaceName("Variables", name);
        var path = IsPath(resolved) ? FindPath(resolved, "Variable file", file) : resolved;
        List<object?> arguments;
        try
        {
            arguments = Variables.ReplaceList(cells);
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Replacing variables from setting 'Variables' failed: {error.Message}");
        }

        if (!overwrite && _variableFiles.Exists(known => known.Path == path && PyEquality.AreEqual(new PyList(known.Arguments), new PyList(arguments))))
        {
            return;
        }

        _variableFiles.Add((path, arguments));
        Variables.SetFromFile(VariableFiles.Read(path, arguments, services.Python), overwrite);
    }

    private static bool IsPath(string name) => name.EndsWith('/')
        || ((string[])[".py", ".yaml", ".yml", ".json"]).Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static string Problem(ResourceFile file, int line, string text) => $"Error in file '{file.Source}' on line {line}: {text}";

    private void Import(Import item, ResourceFile file)
    {
        if (string.IsNullOrEmpty(item.Name))
        {
            throw new VariableSyntaxException($"{item.Kind} setting requires value.");
        }

        switch (item.Kind)
        {
            case ImportKind.Library:
                ImportLibrary(item.Name, item.Arguments, item.Alias, file, item.Line);
                break;
            case ImportKind.Resource:
                ImportResource(item.Name, file, overwrite: false);
                break;
            default:
                ImportVariables(item.Name, item.Arguments, file, overwrite: false);
                break;
        }
    }

    private string ReplaceName(string setting, string name)
    {
        try
        {
            return Variables.ReplaceString(name);
        }
        catch (VariableSyntaxException error)
        {
            throw new VariableSyntaxException($"Replacing variables from setting '{setting}' failed: {error.Message}");
        }
    }

    private string FindPath(string path, string kind, ResourceFile? file)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw Missing(path);
        }

        if (Path.IsPathRooted(path))
        {
            path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            return Exists(path) ? path : throw Missing(path);
        }

        var folders = file is { Source.Length: > 0 } ? services.Settings.PythonPath.Prepend(Path.GetDirectoryName(file.Source)!) : services.Settings.PythonPath;
        foreach (var folder in folders)
        {
            var candidate = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, path)));
            if (Exists(candidate))
            {
                return candidate;
            }
        }

        throw Missing(path);

        VariableSyntaxException Missing(string shown) => new($"{kind} '{shown}' does not exist.");

        static bool Exists(string candidate) => File.Exists(candidate) || Directory.Exists(candidate);
    }

    private void WarnAboutDuplicate(LibraryInstance library, LibraryInstance known, ResourceFile? file, int line)
    {
        string what;
        if (library.RealName != known.RealName)
        {
            what = $"another library with name '{library.Name}'";
        }
        else if (!PyEquality.AreEqual(new PyList(library.Arguments), new PyList(known.Arguments)))
        {
            what = $"library '{library.Name}' with different arguments";
        }
        else
        {
            return;
        }

        var text = $"Suite '{suiteName}' has already imported {what}. This import is ignored.";
        services.Output.Warn(file is null ? text : Problem(file, line, text));
    }
}
