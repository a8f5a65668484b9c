using FarmAgent.Robot.Lexing;

namespace FarmAgent.Robot.Building;

/// <summary>Names of suites from paths.</summary>
internal static class SuiteNames
{
    /// <summary>
    /// The stem without everything up to the first double underscore, underscores as spaces; title-cased when it is all lower-case.
    /// </summary>
    public static string FromPath(string path)
    {
        var name = Directory.Exists(path) ? Path.GetFileName(path.TrimEnd('/')) : Stem(Path.GetFileName(path));
        var mark = name.IndexOf("__", StringComparison.Ordinal);
        var rest = mark < 0 ? name : name[(mark + 2)..];
        name = (rest.Length > 0 ? rest : name).Replace('_', ' ').Trim();
        return name.Any(char.IsLetter) && name.All(c => !char.IsUpper(c)) ? TitleWords(name) : name;
    }

    private static string Stem(string file)
    {
        foreach (var extension in (string[])[".robot.rst", ".robot.md"])
        {
            if (file.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return file[..^extension.Length];
            }
        }

        return Path.GetFileNameWithoutExtension(file);
    }

    private static string TitleWords(string name) => TitleCase.Of(name);
}
