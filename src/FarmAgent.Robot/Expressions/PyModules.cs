using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The modules that expressions may use.</summary>
internal sealed class PyModules(PyModuleContext context)
{
    private static readonly PyType PathType = new(
        "Path", arguments => new PyPath(PosixPaths.Join(arguments.Positional.Select(PyText.Str).DefaultIfEmpty("."))), "pathlib.Path");

    private readonly Dictionary<string, PyModule> _loaded = new(StringComparer.Ordinal);

    /// <summary>A module by name, or null when it is not offered.</summary>
    public PyModule? Find(string name)
    {
        if (_loaded.TryGetValue(name, out var module))
        {
            return module;
        }

        var members = name switch
        {
            "math" => MathModule.Create(),
            "string" => StringModule.Create(),
            "os" => OsModule.Create(),
            "re" => ReModule.Create(),
            "datetime" => DateTimeModule.Create(context),
            "time" => DateTimeModule.CreateTime(context),
            "pathlib" => new Dictionary<string, object?> { ["Path"] = PathType, ["PurePath"] = PathType, ["PosixPath"] = PathType },
            "json" => JsonModule.Create(),
            "random" => RandomModule.Create(),
            "collections" => CollectionsModule.Create(),
            "itertools" => CollectionsModule.CreateItertools(),
            "sys" => SysModule.Create(),
            "tempfile" => new Dictionary<string, object?> { ["gettempdir"] = new PyFunction("gettempdir", _ => Path.GetTempPath().TrimEnd('/')) },
            "os.path" or "posixpath" => OsPathModule.Create(),
            _ => null,
        };
        return members is null ? null : _loaded[name] = new PyModule(name == "os.path" ? "posixpath" : name, members);
    }

    /// <summary>The modules named in a comma separated list, with the packages they are in.</summary>
    /// <exception cref="PyErrorException">ModuleNotFoundError.</exception>
    public Dictionary<string, object?> Import(string names)
    {
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in names.Replace(" ", string.Empty, StringComparison.Ordinal).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            _ = Find(name) ?? throw new PyErrorException("ModuleNotFoundError", $"No module named '{name}'");
            var root = name.Split('.')[0];
            found[root] = Find(root);
            found[name] = Find(root);
        }

        return found;
    }
}

/// <summary>What modules may use of the run.</summary>
/// <param name="Now">Gives the local time.</param>
/// <param name="Sleep">Waits on the clock of the run.</param>
internal sealed record PyModuleContext(Func<DateTimeOffset> Now, Action<TimeSpan> Sleep);
