using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>The standard library OperatingSystem: files, folders, environment, commands.</summary>
internal sealed partial class OperatingSystemLibrary : IKeywordLibrary
{
    private const string PathAndMessage = "path: str, msg: str | None=None";

    private static readonly KeywordDescriptor[] Table =
    [
        .. Commands(), .. Reading(), .. Existence(), .. Writing(), .. Copying(), .. EnvironmentVariables(), .. PathKeywords(), .. Listing(),
        .. FileTimes(),
    ];

    public string Name => "OperatingSystem";

    public IReadOnlyList<KeywordDescriptor> Keywords => Table;

    private static string Normalized(string path) => PosixPaths.Normalize(PosixPaths.ExpandUser(path));

    private static string AbsolutePath(KeywordArguments a, string name = "path") => Absolute(a.Text(name));

    private static string Absolute(string path) => PosixPaths.Absolute(Normalized(path));

    private static string Link(string path) => $"<a href=\"file://{path}\">{path}</a>";

    /// <summary>Logs a text in which the paths are links.</summary>
    private static void LogLink(IKeywordContext context, string before, string path, string after) =>
        context.Log($"{before}{Link(path)}{after}", MessageLevel.Info, html: true);

    private static KeywordFailedException Error(string message) => new(message);

    private static string ContentOf(object? value) => value is PySecret secret ? secret.Value : (string)value!;
}
