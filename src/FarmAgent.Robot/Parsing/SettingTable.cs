using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Parsing;

/// <summary>Which settings a place may have, and which were given already.</summary>
internal sealed class SettingTable
{
    private static readonly string[] MultiUse = ["Metadata", "Library", "Resource", "Variables"];

    private static readonly string[] SingleValue = ["Resource", "Test Timeout", "Test Template", "Timeout", "Template", "Name"];

    private static readonly Dictionary<string, string> SuiteAliases = new(StringComparer.Ordinal)
    {
        ["Force Tags"] = "Test Tags",
        ["Task Tags"] = "Test Tags",
        ["Task Setup"] = "Test Setup",
        ["Task Teardown"] = "Test Teardown",
        ["Task Template"] = "Test Template",
        ["Task Timeout"] = "Test Timeout",
    };

    private static readonly string[] SuiteNames =
    [
        "Documentation", "Metadata", "Name", "Suite Setup", "Suite Teardown", "Test Setup", "Test Teardown", "Test Template", "Test Timeout", "Test Tags",
        "Default Tags", "Keyword Tags", "Library", "Resource", "Variables",
    ];

    private static readonly string[] InitNames = [.. SuiteNames.Where(name => name is not ("Test Template" or "Default Tags"))];

    private static readonly string[] ResourceNames = ["Documentation", "Keyword Tags", "Library", "Resource", "Variables"];

    private static readonly string[] TestNames = ["Documentation", "Metadata", "Tags", "Setup", "Teardown", "Template", "Timeout"];

    private static readonly string[] KeywordNames = ["Documentation", "Arguments", "Setup", "Teardown", "Timeout", "Tags", "Return"];

    private static readonly Dictionary<string, string> NoAliases = [];

    private readonly IReadOnlyList<string> _names;
    private readonly IReadOnlyDictionary<string, string> _aliases;
    private readonly string _place;
    private readonly Languages _languages;
    private readonly Dictionary<string, Setting> _seen = new(StringComparer.Ordinal);

    private SettingTable(IReadOnlyList<string> names, IReadOnlyDictionary<string, string> aliases, string place, Languages languages) =>
        (_names, _aliases, _place, _languages) = (names, aliases, place, languages);

    public static SettingTable ForFile(FileKind kind, Languages languages) => kind switch
    {
        FileKind.Suite => new(SuiteNames, SuiteAliases, "in suite file", languages),
        FileKind.Init => new(
            InitNames, SuiteAliases.Where(alias => alias.Key != "Task Template").ToDictionary(), "in suite initialization file", languages),
        _ => new(ResourceNames, NoAliases, "in resource file", languages),
    };

    public static SettingTable ForTest(Languages languages) => new(TestNames, NoAliases, "with tests or tasks", languages);

    public static SettingTable ForKeyword(Languages languages) => new(KeywordNames, NoAliases, "with user keywords", languages);

    public Setting? Find(string name) => _seen.GetValueOrDefault(name);

    /// <summary>Reads a row as a setting.</summary>
    /// <param name="row">The row, its name first.</param>
    /// <param name="written">The name without brackets.</param>
    /// <param name="error">Why it is not valid.</param>
    public Setting? Read(IReadOnlyList<Token> row, string written, out string? error)
    {
        var name = TitleCase.Of(TitleCase.NormalizeSpaces(written));
        name = _languages.Settings.GetValueOrDefault(name, name);
        name = _aliases.GetValueOrDefault(name, name);
        error = Check(row, written, name);
        if (error is not null)
        {
            return null;
        }

        var setting = new Setting(name, [.. row.Skip(1)], row[0].Line);
        _seen[name] = setting;
        return setting;
    }

    private static bool IsKnownSomewhere(string name) =>
        SuiteNames.Contains(name) || TestNames.Contains(name) || KeywordNames.Contains(name) || SuiteAliases.ContainsKey(name);

    private string? Check(IReadOnlyList<Token> row, string written, string name)
    {
        if (!_names.Contains(name))
        {
            return IsKnownSomewhere(name)
                ? $"Setting '{written}' is not allowed {_place}."
                : SimilarNames.Format($"Non-existing setting '{written}'.", SimilarNames.Find(name, [.. _names, .. _aliases.Keys], text => NormalizedNames.Normalize(text)));
        }

        if (_seen.ContainsKey(name) && !MultiUse.Contains(name))
        {
            return $"Setting '{written}' is allowed only once. Only the first value is used.";
        }

        return SingleValue.Contains(name) && row.Count > 2
            ? $"Setting '{written}' accepts only one value, got {row.Count - 1}."
            : null;
    }
}
