using FarmAgent.Robot.Building;

namespace FarmAgent.Robot.Settings;

/// <summary>Replaces argument files by their content.</summary>
internal static class ArgumentFiles
{
    private const string Option = "--argumentfile";

    /// <exception cref="SuiteDataException">A file cannot be read.</exception>
    public static List<string> Expand(IEnumerable<string> arguments)
    {
        var list = arguments.ToList();
        while (Find(list) is var (path, index, count) && path is not null)
        {
            list.RemoveRange(index, count);
            list.InsertRange(index, Read(path));
        }

        return list;
    }

    private static (string? Path, int Index, int Count) Find(List<string> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var argument = list[i];
            var normal = "--" + argument.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal);
            if (argument.StartsWith("--", StringComparison.Ordinal) && normal == Option && i + 1 < list.Count)
            {
                return (list[i + 1], i, 2);
            }

            if (argument.StartsWith("--", StringComparison.Ordinal) && normal.StartsWith(Option + "=", StringComparison.Ordinal))
            {
                return (argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..], i, 1);
            }
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == "-A" && i + 1 < list.Count)
            {
                return (list[i + 1], i, 2);
            }

            if (list[i].StartsWith("-A", StringComparison.Ordinal) && list[i].Length > 2)
            {
                return (list[i][2..], i, 1);
            }
        }

        return (null, 0, 0);
    }

    private static IEnumerable<string> Read(string path)
    {
        string text;
        try
        {
            text = path.Equals("STDIN", StringComparison.OrdinalIgnoreCase) ? Console.In.ReadToEnd() : File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SuiteDataException($"Opening argument file '{path}' failed: [Errno 2] No such file or directory: '{path}'");
        }
        catch (UnauthorizedAccessException)
        {
            var problem = Directory.Exists(path) ? "[Errno 21] Is a directory" : "[Errno 13] Permission denied";
            throw new SuiteDataException($"Opening argument file '{path}' failed: {problem}: '{path}'");
        }

        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        if (IsExpanding(lines))
        {
            lines = [.. lines.Select(EnvironmentText.Expand)];
        }

        return lines.Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')).SelectMany(Split);
    }

    private static bool IsExpanding(string[] lines)
    {
        var first = lines.Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";
        return first.StartsWith('#') && first[1..].Replace(" ", "", StringComparison.Ordinal).Equals("expandvars:true", StringComparison.OrdinalIgnoreCase);
    }

    // An option and its value may be separated by spaces or, for long ones, by an equals sign.
    private static IEnumerable<string> Split(string line)
    {
        if (!line.StartsWith('-'))
        {
            return [line];
        }

        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (space < 0 || (line.StartsWith("--", StringComparison.Ordinal) && equals >= 0 && equals < space))
        {
            return [line];
        }

        return [line[..space], line[(space + 1)..].Trim()];
    }
}
