using System.Text;

namespace FarmAgent.Robot.Fuzz;

/// <summary>The suites that are mutated, and the files that they import.</summary>
internal sealed class FuzzCorpus
{
    // Mutated calls of these would change the machine.
    private static readonly string[] Unsafe = ["OperatingSystem", "Process", "Remote", "Save XML", "Save Xml"];

    private FuzzCorpus(IReadOnlyList<string> suites, IReadOnlyDictionary<string, string> others) => (Suites, Others) = (suites, others);

    public IReadOnlyList<string> Suites { get; }

    /// <summary>Resource and variable files by name.</summary>
    public IReadOnlyDictionary<string, string> Others { get; }

    /// <summary>Reads the suites of this assembly and those below a folder.</summary>
    public static FuzzCorpus Load(string? folder)
    {
        var assembly = typeof(FuzzCorpus).Assembly;
        var files = assembly.GetManifestResourceNames().Order(StringComparer.Ordinal).ToDictionary(name => name, name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });
        var more = folder is null ? [] : Directory.GetFiles(folder, "*.robot", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(ReadText);
        return new FuzzCorpus(
            [.. files.Where(file => IsSuite(file.Key)).Select(file => file.Value).Concat(more).Where(text => !IsUnsafe(text))],
            files.Where(file => !IsSuite(file.Key)).ToDictionary());
    }

    public static bool IsUnsafe(string text) => Unsafe.Any(word => text.Replace(" ", "", StringComparison.Ordinal)
        .Contains(word.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    private static bool IsSuite(string name) => name.EndsWith(".robot", StringComparison.Ordinal);

    private static string ReadText(string path) => File.ReadAllText(path, Encoding.UTF8);
}
