using System.Globalization;

namespace FarmAgent.Hardware.Linux;

/// <summary>Which process has a file open, from <c>/proc/PID/fd</c> (proc(5)). Processes of other users are invisible without privileges.</summary>
internal static class OpenFiles
{
    /// <summary>Names the first process that has a file open.</summary>
    /// <param name="path">Absolute path of the file or device node.</param>
    /// <param name="except">Process number to leave out, or null.</param>
    /// <returns>For example <c>openocd (process 4711)</c>; null when none is visible.</returns>
    public static string? HolderOf(string path, string? except = null)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            var number = Path.GetFileName(process);
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _) || number == except)
            {
                continue;
            }

            try
            {
                if (Directory.EnumerateFileSystemEntries(process + "/fd").Any(fd => File.ResolveLinkTarget(fd, returnFinalTarget: false)?.FullName == path))
                {
                    return $"{File.ReadAllText(process + "/comm").Trim()} (process {number})";
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's process, or one that has just ended.
            }
        }

        return null;
    }
}
