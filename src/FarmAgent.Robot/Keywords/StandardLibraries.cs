using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.RemoteLibraries;

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
        ["Remote"] = new("uri='http://127.0.0.1:8270', timeout=None", RemoteLibrary.Create),
        ["Dialogs"] = LibraryFactory.Unavailable("it asks a person at a screen, and a board in a farm has neither"),
        ["Screenshot"] = LibraryFactory.Unavailable("it takes pictures of a screen, and a board in a farm has none"),
        ["Telnet"] = LibraryFactory.Unavailable("telnet sends everything as plain text; use the serial console, or a Remote library"),
        ["Easter"] = new(() => new EasterLibrary()),
    };
}
