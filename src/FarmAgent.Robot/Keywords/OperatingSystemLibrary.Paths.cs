using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Path arithmetic.</content>
internal sealed partial class OperatingSystemLibrary
{
    private static IEnumerable<KeywordDescriptor> PathKeywords() =>
    [
        Plain("Join Path", "base: str, *parts: str", (_, a) => Normalized(PosixPaths.Join(a.Varargs.Cast<string>().Prepend(a.Text("base"))))),
        Plain("Join Paths", "base: str, *paths: str", (_, a) =>
            new PyList(a.Varargs.Select(path => Normalized(PosixPaths.Join([a.Text("base"), (string)path!]))))),
        Plain("Normalize Path", "path: str, case_normalize=False", (_, a) => Normalized(a.Text("path"))),
        Plain("Split Path", "path: str", (_, a) => PosixPaths.Split(Normalized(a.Text("path"))) is var (head, tail) ? new PyTuple(head, tail) : null),
        Plain("Split Extension", "path: str", (_, a) => SplitExtension(Normalized(a.Text("path")))),
    ];

    private static PyTuple SplitExtension(string path)
    {
        var name = PosixPaths.Split(path).Tail;
        if (name.StartsWith(new string('.', name.Count(c => c == '.')), StringComparison.Ordinal))
        {
            return new PyTuple(path, string.Empty);
        }

        var trimmed = path.EndsWith('.') ? path.TrimEnd('.') : path;
        var points = new string('.', path.Length - trimmed.Length);
        var (root, extension) = PosixPaths.SplitExtension(trimmed);
        extension = extension.StartsWith('.') ? extension[1..] : extension;
        return extension.Length > 0 ? new PyTuple(root, extension + points) : new PyTuple(root + points, extension);
    }
}
