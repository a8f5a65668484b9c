using System.Text.RegularExpressions;
using FarmAgent.Architecture.Tests.Trees;

namespace FarmAgent.Architecture.Tests.Sources;

/// <summary>Rules about C# files that no analyser of the build knows.</summary>
internal static partial class SourceRules
{
    private const int MostLines = 600;

    private static readonly string[] NativeRooms = ["src/FarmAgent.Hardware.Linux/", "src/shims/"];

    /// <summary>One concept per file: nothing near this limit is one.</summary>
    public static IEnumerable<string> TooLong(SourceTree tree) =>
        from path in tree.Files("src", ".cs")
        let lines = tree.Text(path).AsSpan().Count('\n')
        where lines > MostLines
        select $"{path}: {lines} lines, more than {MostLines}.";

    /// <summary>Letters that look like others have no place in names.</summary>
    public static IEnumerable<string> NotAscii(SourceTree tree) =>
        from path in tree.Files("src", ".cs").Concat(tree.Files("tests", ".cs"))
        let code = CSharpText.CodeOnly(tree.Text(path).TrimStart('\uFEFF'))
        let position = code.TakeWhile(character => char.IsAscii(character) || !char.IsLetterOrDigit(character)).Count()
        where position < code.Length
        select $"{path}:{1 + code.AsSpan(0, position).Count('\n')}: '{code[position]}' outside of comments and literals.";

    /// <summary>A template that takes an object apart needs reflection, which the native build does not have.</summary>
    public static IEnumerable<string> DestructuringTemplates(SourceTree tree) =>
        from path in tree.Files("src", ".cs")
        where Destructuring().IsMatch(tree.Text(path))
        select $"{path}: {{@...}} in a log template.";

    /// <summary>Native functions are called in one place, where their contracts are written down.</summary>
    public static IEnumerable<string> NativeCalls(SourceTree tree) =>
        from path in tree.Files("src", ".cs")
        where !NativeRooms.Any(room => path.StartsWith(room, StringComparison.Ordinal))
        where NativeImport().IsMatch(CSharpText.CodeOnly(tree.Text(path)))
        select $"{path}: a native function outside of {string.Join(", ", NativeRooms)}.";

    /// <summary>A namespace says where the file is.</summary>
    public static IEnumerable<string> MisplacedNamespaces(SourceTree tree) =>
        from path in Rooms(tree)
        let declared = Namespace().Match(CSharpText.CodeOnly(tree.Text(path)))
        let expected = string.Join('.', path.Split('/')[1..^1])
        where declared.Success && !string.Equals(declared.Groups["name"].Value, expected, StringComparison.Ordinal)
        select $"{path}: namespace {declared.Groups["name"].Value}, expected {expected}.";

    private static IEnumerable<string> Rooms(SourceTree tree) =>
        tree.Files("src", ".cs").Where(path => path.StartsWith("src/FarmAgent.", StringComparison.Ordinal));

    [GeneratedRegex(@"""[^""\n]*\{@[A-Za-z_]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Destructuring();

    [GeneratedRegex(@"\[\s*(?:LibraryImport|DllImport)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex NativeImport();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Namespace();
}
