using System.Text.Json;

namespace FarmAgent.Robot.Lexing;

/// <summary>The languages in use: translations of headers and settings, BDD prefixes, words for true and false. English is always one of them.</summary>
internal sealed class Languages
{
    private static readonly Lazy<JsonDocument> Table = new(Load);

    private readonly HashSet<string> _codes = new(StringComparer.OrdinalIgnoreCase);

    public Languages() => TryAdd("en");

    /// <summary>English header by translated header, title-cased.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal);

    /// <summary>English setting by translated setting, title-cased.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>BDD prefixes as written in the language, longest first.</summary>
    public List<string> BddPrefixes { get; } = [];

    public HashSet<string> TrueWords { get; } = new(StringComparer.Ordinal) { "True", "1" };

    public HashSet<string> FalseWords { get; } = new(StringComparer.Ordinal) { "False", "0", "None", "" };

    /// <summary>Adds a language by code or English name, whatever its case, spaces and hyphens.</summary>
    public bool TryAdd(string name)
    {
        var wanted = Simplify(name);
        foreach (var language in Table.Value.RootElement.EnumerateObject())
        {
            if (Simplify(language.Name) == wanted || Simplify(language.Value.GetProperty("name").GetString()!) == wanted)
            {
                Add(language.Name, language.Value);
                return true;
            }
        }

        return false;
    }

    private static JsonDocument Load()
    {
        using var stream = typeof(Languages).Assembly.GetManifestResourceStream("languages.json")
            ?? throw new InvalidOperationException("The table of languages is missing from the assembly.");
        return JsonDocument.Parse(stream);
    }

    private static string Simplify(string name) =>
        string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_'))).ToLowerInvariant();

    private void Add(string code, JsonElement language)
    {
        if (!_codes.Add(code))
        {
            return;
        }

        foreach (var header in language.GetProperty("headers").EnumerateObject())
        {
            Headers[TitleCase.Of(header.Name)] = header.Value.GetString()!;
        }

        foreach (var setting in language.GetProperty("settings").EnumerateObject())
        {
            Settings[TitleCase.Of(setting.Name)] = setting.Value.GetString()!;
        }

        BddPrefixes.AddRange(language.GetProperty("bdd").EnumerateArray().Select(word => word.GetString()!).Where(word => !BddPrefixes.Contains(word)));
        BddPrefixes.Sort((a, b) => b.Length != a.Length ? b.Length - a.Length : string.CompareOrdinal(a, b));
        TrueWords.UnionWith(language.GetProperty("true").EnumerateArray().Select(word => TitleCase.Of(word.GetString()!)));
        FalseWords.UnionWith(language.GetProperty("false").EnumerateArray().Select(word => TitleCase.Of(word.GetString()!)));
    }
}
