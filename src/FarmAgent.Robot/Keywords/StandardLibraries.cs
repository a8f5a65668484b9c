using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Keywords;

/// <summary>The standard libraries by name.</summary>
internal static class StandardLibraries
{
    public static IReadOnlyDictionary<string, LibraryFactory> Create() => new Dictionary<string, LibraryFactory>(StringComparer.Ordinal)
    {
        ["BuiltIn"] = new(() => new BuiltInLibrary()),
        ["Collections"] = new(() => new CollectionsLibrary()),
        ["String"] = new(() => new StringLibrary()),
        ["XML"] = new("use_lxml: bool=False", _ => new XmlLibrary()),
        ["DateTime"] = new(() => new DateTimeLibrary()),
        ["Process"] = new(() => new ProcessLibrary()),
        ["OperatingSystem"] = new(() => new OperatingSystemLibrary()),
        ["Easter"] = new(() => new EasterLibrary()),
    };
}
