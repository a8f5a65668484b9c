using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.PythonLibraries;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Running;

/// <summary>Makes libraries by name or path; each name with the same arguments once per run, unless it lives shorter.</summary>
/// <param name="standard">Standard libraries.</param>
/// <param name="native">Libraries of the host.</param>
/// <param name="converter">Converts import arguments.</param>
/// <param name="python">Imports libraries written in Python.</param>
/// <param name="pythonPath">Directories that an import by module name would search.</param>
internal sealed class LibraryImporter(
    IReadOnlyDictionary<string, LibraryFactory> standard,
    IReadOnlyDictionary<string, LibraryFactory> native,
    TypeConverter converter,
    PythonRuntime python,
    IReadOnlyList<string> pythonPath)
{
    private readonly List<LibraryInstance> _cache = [];
    private readonly Dictionary<string, PythonCode> _codes = new(StringComparer.Ordinal);

    /// <summary>Imports a library.</summary>
    /// <param name="name">Name, or absolute path of a file.</param>
    /// <param name="cells">Arguments as written.</param>
    /// <param name="alias">Name given by AS.</param>
    /// <param name="variables">Variables for the arguments; none in a dry run.</param>
    /// <exception cref="VariableSyntaxException">There is no such library or its arguments are wrong.</exception>
    public LibraryInstance Import(string name, IReadOnlyList<object?> cells, string? alias, VariableSet? variables)
    {
        var (realName, isStandard, spec, create) = Find(name);
        var resolved = new ArgumentResolver(spec, $"Library '{realName}'").Resolve(cells, variables);
        List<object?> key = [.. resolved.Positional, .. resolved.Named.SelectMany(pair => new[] { pair.Key, pair.Value })];
        var library = _cache.Find(known => known.RealName == realName && SameArguments(known.Arguments, key));
        if (library is null || library.Library.Scope != LibraryScope.Global)
        {
            var arguments = ArgumentBinder.Bind(spec, resolved, converter, allowUnresolved: false);
            library = new LibraryInstance(realName, realName, isStandard, key, () => create(arguments));
            _cache.Add(library);
        }

        return string.IsNullOrEmpty(alias) || alias == library.Name ? library : library.As(alias);
    }

    private static bool SameArguments(IReadOnlyList<object?> one, IReadOnlyList<object?> other) =>
        one.Count == other.Count && one.Zip(other, (a, b) => Values.PyEquality.AreEqual(a, b)).All(equal => equal);

    private LibrarySource Find(string name)
    {
        if (standard.TryGetValue(name, out var factory))
        {
            if (factory.Reason is { } reason)
            {
                throw new VariableSyntaxException($"Importing library '{name}' failed: It is not offered here: {reason}.");
            }

            return Native(name, isStandard: true, factory);
        }

        if (native.TryGetValue(name, out factory))
        {
            return Native(name, isStandard: false, factory);
        }

        // A Python file with a native twin of the same module name is replaced by it.
        var module = name.EndsWith(".py", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : Path.GetFileName(name.TrimEnd('/'));
        if (Path.IsPathRooted(name) && (native.TryGetValue(module, out factory) || native.TryGetValue($"{module}.{module}", out factory)))
        {
            return Native(module, isStandard: false, factory);
        }

        if (!python.IsAvailable)
        {
            throw NotFound(name);
        }

        if (!_codes.TryGetValue(name, out var code))
        {
            _codes[name] = code = python.Import(name);
        }

        return new LibrarySource(code.Name, false, code.Arguments, code.Create);
    }

    private static LibrarySource Native(string name, bool isStandard, LibraryFactory factory) =>
        new(name, isStandard, SignatureReader.Read(factory.Signature), factory.Create);

    private VariableSyntaxException NotFound(string name)
    {
        if (Path.IsPathRooted(name))
        {
            var twins = native.Count == 0 ? "none" : ErrorList.Quote(native.Keys.Order(StringComparer.Ordinal));
            return new($"Importing library '{name}' failed: Python libraries need 'python3', which is not installed. Install it, or use a native twin; there are: {twins}.");
        }

        return ModuleNotFound.Library(name, ModuleNotFound.Describe(name, pythonPath));
    }

    private sealed record LibrarySource(string Name, bool IsStandard, ArgumentSpec Spec, Func<KeywordArguments, IKeywordLibrary> Create);
}
