using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Building;

/// <summary>Builds the tree of suites from paths.</summary>
/// <param name="settings">Options about files.</param>
/// <param name="files">Builds single files.</param>
/// <param name="log">Takes warnings.</param>
internal sealed class SuiteBuilder(RunSettings settings, FileBuilder files, IRunLog log)
{
    private static readonly string[] DefaultExtensions = [".robot", ".rbt", ".robot.rst", ".robot.md"];

    /// <exception cref="SuiteDataException">A path does not exist, cannot be read, or has no tests.</exception>
    public Suite Build(IReadOnlyList<string> paths)
    {
        var full = paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).ToList();
        var missing = full.FindAll(path => !File.Exists(path) && !Directory.Exists(path));
        if (missing.Count > 0)
        {
            throw new SuiteDataException($"Parsing {ErrorList.Quote(missing)} failed: File or directory to execute does not exist.");
        }

        var suite = full.Count == 1 ? BuildPath(full[0], new TestDefaults()) : BuildSeveral(full);
        if (!settings.RunEmptySuite)
        {
            foreach (var empty in (full.Count > 1 ? suite.Suites : [suite]).Where(candidate => candidate.TestCount == 0))
            {
                throw new SuiteDataException($"Suite '{empty.Name}' contains no tests or tasks.");
            }
        }

        suite.RemoveEmptySuites(keepChildren: full.Count > 1);
        return suite;
    }

    private static void SetMode(Suite suite)
    {
        suite.Rpa ??= suite.Suites.Count == 0 ? null
            : suite.Suites.TrueForAll(child => child.Rpa == true) ? true
            : suite.Suites.TrueForAll(child => child.Rpa == false) ? false : null;
    }

    private Suite BuildSeveral(List<string> paths)
    {
        var inits = paths.FindAll(IsInit);
        if (inits.Count > 1)
        {
            throw new SuiteDataException("Multiple init files not allowed.");
        }

        var defaults = new TestDefaults();
        var built = inits.Count == 1 ? files.BuildInit(inits[0], defaults) : null;
        var suite = built is null ? new Suite() : Sourceless(built);
        foreach (var path in paths.Where(path => !IsInit(path)))
        {
            suite.Add(BuildPath(path, new TestDefaults(defaults)));
        }

        SetMode(suite);
        return suite;
    }

    private static Suite Sourceless(Suite built)
    {
        var suite = new Suite
        {
            FilePath = built.FilePath,
            Documentation = built.Documentation,
            Setup = built.Setup,
            Teardown = built.Teardown,
            Resource = built.Resource,
        };
        foreach (var (name, value) in built.Metadata.Items)
        {
            suite.SetMetadata(name, value);
        }

        return suite;
    }

    private Suite BuildPath(string path, TestDefaults defaults) =>
        Directory.Exists(path) ? BuildFolder(path, defaults) : WithMode(files.BuildSuite(path, defaults));

    private Suite WithMode(Suite suite)
    {
        suite.Rpa = settings.Rpa ?? suite.Rpa;
        return suite;
    }

    private Suite BuildFolder(string path, TestDefaults outer)
    {
        var defaults = new TestDefaults(outer);
        string? init = null;
        var children = new List<string>();
        foreach (var entry in Entries(path))
        {
            if (IsInit(entry))
            {
                if (init is null)
                {
                    init = entry;
                }
                else
                {
                    log.Error($"Ignoring second test suite init file '{entry}'.");
                }
            }
            else if (IsIncluded(entry))
            {
                children.Add(entry);
            }
        }

        var suite = init is null
            ? new Suite { Name = SuiteNames.FromPath(path), Source = path }
            : files.BuildInit(init, defaults);
        children.ForEach(child => suite.Add(BuildPath(child, defaults)));
        suite.Rpa = settings.Rpa;
        SetMode(suite);
        return suite;
    }

    private static IEnumerable<string> Entries(string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(path).OrderBy(entry => Path.GetFileName(entry).ToLowerInvariant(), StringComparer.Ordinal).ToList();
        }
        catch (UnauthorizedAccessException)
        {
            throw new SuiteDataException($"Reading directory '{path}' failed: PermissionError: [Errno 13] Permission denied: '{path}'");
        }
    }

    private bool IsInit(string path) =>
        Path.GetFileNameWithoutExtension(path).Equals("__init__", StringComparison.OrdinalIgnoreCase) && HasExtension(path) && File.Exists(path);

    private bool HasExtension(string path)
    {
        var name = Path.GetFileName(path);
        var wanted = settings.Extensions.Count > 0 ? settings.Extensions : DefaultExtensions.AsEnumerable();
        wanted = wanted.Concat(settings.ParseInclude.Select(pattern => Path.GetExtension(pattern)!.ToLowerInvariant()).Where(extension => extension.Length > 0));
        return wanted.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && name.Length > extension.Length);
    }

    private bool IsIncluded(string path)
    {
        var name = Path.GetFileName(path);
        if (name.StartsWith('_') || name.StartsWith('.'))
        {
            return false;
        }

        return Directory.Exists(path) ? name != "CVS" : HasExtension(path) && IsParsed(path);
    }

    private bool IsParsed(string path)
    {
        if (settings.ParseInclude.Count == 0)
        {
            return true;
        }

        return settings.ParseInclude.Exists(pattern =>
        {
            var hasFolder = pattern.Contains('/', StringComparison.Ordinal) || !pattern.Contains('.', StringComparison.Ordinal);
            var full = hasFolder ? Path.GetFullPath(pattern) : pattern;
            full = Path.GetExtension(full).Length == 0 || Directory.Exists(full) ? full + "/**" : full;
            var glob = new GlobPattern(full.Replace("**", "*", StringComparison.Ordinal), text => text.ToLowerInvariant());
            return glob.Matches(path) || glob.Matches(Path.GetFileName(path));
        });
    }
}
