using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>The module <c>os.path</c>: what can be said about a path without looking at the disk.</summary>
internal static class OsPathModule
{
    public static Dictionary<string, object?> Create()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sep"] = "/",
            ["pathsep"] = ":",
        };
        foreach (var (name, body) in Functions())
        {
            members[name] = new PyFunction(name, body);
        }

        return members;
    }

    private static Dictionary<string, Func<CallArguments, object?>> Functions() => new()
    {
        ["join"] = arguments => PosixPaths.Join(arguments.Positional.Select(TextOf)),
        ["basename"] = arguments => PosixPaths.Split(Path(arguments)).Tail,
        ["dirname"] = arguments => PosixPaths.Split(Path(arguments)).Head,
        ["split"] = arguments => PosixPaths.Split(Path(arguments)) is var (head, tail) ? new PyTuple(head, tail) : null,
        ["splitext"] = arguments => PosixPaths.SplitExtension(Path(arguments)) is var (root, extension) ? new PyTuple(root, extension) : null,
        ["normpath"] = arguments => PosixPaths.Normalize(Path(arguments)),
        ["abspath"] = arguments => PosixPaths.Absolute(Path(arguments)),
        ["isabs"] = arguments => Path(arguments).StartsWith('/'),
        ["normcase"] = Path,
        ["expanduser"] = arguments => PosixPaths.ExpandUser(Path(arguments)),
    };

    private static string Path(CallArguments arguments) => TextOf(arguments.Expect(1, 1)[0]);

    private static string TextOf(object? value) => value switch
    {
        string text => text,
        IPyObject { TypeName: "PosixPath" } path => path.Str(),
        _ => throw PyErrorException.TypeError($"expected str, bytes or os.PathLike object, not {PyTypeNames.Of(value)}"),
    };
}
