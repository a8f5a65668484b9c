using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>File system faults in the words of Python.</summary>
internal static class OsErrors
{
    /// <summary>Does something with a path.</summary>
    /// <exception cref="PyErrorException">FileNotFoundError and its kind.</exception>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Translate(path, error);
        }
    }

    public static void Guard(string path, Action action) => Guard(path, () =>
    {
        action();
        return true;
    });

    public static PyErrorException NotFound(string path) => Create("FileNotFoundError", 2, "No such file or directory", path);

    public static PyErrorException Denied(string path) => Create("PermissionError", 13, "Permission denied", path);

    private static PyErrorException Translate(string path, Exception error)
    {
        if (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return NotFound(path);
        }

        if (Directory.Exists(path))
        {
            return Create("IsADirectoryError", 21, "Is a directory", path);
        }

        if (error is UnauthorizedAccessException)
        {
            return Denied(path);
        }

        return File.Exists(Path.GetDirectoryName(path))
            ? Create("NotADirectoryError", 20, "Not a directory", path)
            : new PyErrorException("OSError", error.Message);
    }

    private static PyErrorException Create(string type, int number, string text, string path) =>
        new(type, $"[Errno {number}] {text}: {PyText.Repr(path)}");
}
