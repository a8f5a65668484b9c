using System.Text.RegularExpressions;
using FarmAgent.Robot.Building;

namespace FarmAgent.Robot.Settings;

/// <summary>Environment variables in argument files: <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME=default}</c>, <c>$$</c>.</summary>
internal static partial class EnvironmentText
{
    public static string Expand(string text) => Variable().Replace(text, match =>
    {
        if (match.Groups["escaped"].Success)
        {
            return "$";
        }

        var name = match.Groups["name"].Success ? match.Groups["name"].Value : match.Groups["braced"].Value;
        return Environment.GetEnvironmentVariable(name)
            ?? (match.Groups["default"].Success ? match.Groups["default"].Value
                : throw new SuiteDataException($"Environment variable '{name}' does not exist."));
    });

    [GeneratedRegex(
        @"(?<escaped>\$\$)|\$(?<name>[A-Za-z_]\w*)|\$\{(?<braced>[A-Za-z_]\w*)(?:=(?<default>[^}]*))?\}",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Variable();
}
