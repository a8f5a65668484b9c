using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A path as an object; it never looks at the disk.</summary>
internal sealed class PyPath(string path) : IPyObject, IPyArithmetic, IPyComparable
{
    private readonly string _path = Clean(path);

    public string TypeName => "PosixPath";

    public string Repr() => $"PosixPath({PyText.Repr(_path)})";

    public string Str() => _path;

    public bool TryGetAttribute(string name, out object? value)
    {
        var (head, tail) = PosixPaths.Split(_path);
        var (root, extension) = PosixPaths.SplitExtension(tail);
        value = name switch
        {
            "name" => tail,
            "stem" => root,
            "suffix" => extension,
            "parent" => new PyPath(head.Length == 0 ? "." : head),
            "parts" => new PyTuple([.. (_path.StartsWith('/') ? ["/"] : (string[])[]).Concat(_path.Split('/', StringSplitOptions.RemoveEmptyEntries))]),
            "joinpath" => new PyFunction(name, arguments => new PyPath(PosixPaths.Join(arguments.Positional.Select(PyText.Str).Prepend(_path)))),
            "as_posix" => new PyFunction(name, _ => _path),
            "is_absolute" => new PyFunction(name, _ => _path.StartsWith('/')),
            "with_suffix" => new PyFunction(name, arguments =>
                new PyPath(PosixPaths.Join([head, root + arguments.Expect(1, 1).Text(0, "suffix")]))),
            "with_name" => new PyFunction(name, arguments => new PyPath(PosixPaths.Join([head, arguments.Expect(1, 1).Text(0, "name")]))),
            _ => null,
        };
        return value is not null;
    }

    public bool TryBinary(string symbol, object? other, bool isReversed, out object? result)
    {
        result = symbol == "/" && other is string or PyPath
            ? new PyPath(PosixPaths.Join(isReversed ? [PyText.Str(other), _path] : [_path, PyText.Str(other)]))
            : null;
        return result is not null;
    }

    public bool TryUnary(string symbol, out object? result)
    {
        result = null;
        return false;
    }

    public int? CompareWith(object? other) => other is PyPath path ? string.CompareOrdinal(_path, path._path) : null;

    public override bool Equals(object? obj) => obj is PyPath other && other._path == _path;

    public override int GetHashCode() => _path.GetHashCode(StringComparison.Ordinal);

    /// <summary>Without repeated slashes, single points and a slash at the end; <c>..</c> stays.</summary>
    private static string Clean(string path)
    {
        var parts = path.Split('/').Where(part => part is not ("" or "."));
        var clean = (path.StartsWith('/') ? "/" : string.Empty) + string.Join('/', parts);
        return clean.Length == 0 ? "." : clean;
    }
}
