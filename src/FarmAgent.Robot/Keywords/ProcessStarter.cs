using System.Diagnostics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>
/// Starts processes through <c>/bin/sh</c>, which redirects to files and joins the streams and then becomes the program, and through
/// <c>setsid</c>, where there is one, so that a process and its children can be signalled together.
/// </summary>
internal static class ProcessStarter
{
    private static readonly string? SessionProgram = Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);

    public static ProcessHandle Start(ProcessSettings settings)
    {
        if (!Directory.Exists(settings.Folder))
        {
            throw OsErrors.NotFound(settings.Folder);
        }

        IReadOnlyList<string> command = settings.IsShell
            ? ["/bin/sh", "-c", settings.Arguments.Count == 0 ? settings.Command : CommandLines.Join([settings.Command, .. settings.Arguments])]
            : [settings.Command, .. settings.Arguments];
        CheckProgram(settings, command[0]);
        var redirections = (settings.StdoutPath is null ? string.Empty : " >\"$FARM_STDOUT\"")
            + (settings.IsJoined ? " 2>&1" : settings.StderrPath is null ? string.Empty : " 2>\"$FARM_STDERR\"");
        List<string> full = ["/bin/sh", "-c", $"exec{redirections}; unset FARM_STDOUT FARM_STDERR; exec \"$@\"", "sh", .. command];
        if (SessionProgram is not null)
        {
            full.Insert(0, SessionProgram);
        }

        var start = new ProcessStartInfo(full[0], full.Skip(1))
        {
            WorkingDirectory = settings.Folder,
            RedirectStandardOutput = settings.StdoutPath is null,
            RedirectStandardError = settings.StderrPath is null && !settings.IsJoined,
            RedirectStandardInput = !settings.InheritsInput,
            UseShellExecute = false,
        };
        SetEnvironment(start, settings);
        Touch(settings.StdoutPath);
        Touch(settings.StderrPath);
        var process = Process.Start(start) ?? throw OsErrors.NotFound(settings.Command);
        var result = new ProcessResult();
        result["stdout_path"] = settings.StdoutPath;
        result["stderr_path"] = settings.IsJoined ? settings.StdoutPath : settings.StderrPath;
        return new ProcessHandle(process, command, SessionProgram is not null)
        {
            Result = result,
            Streams = new ProcessStreams(process, settings),
        };
    }

    private static void SetEnvironment(ProcessStartInfo start, ProcessSettings settings)
    {
        if (settings.Variables is { } variables)
        {
            start.Environment.Clear();
            foreach (var (name, value) in variables)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["FARM_STDOUT"] = settings.StdoutPath ?? string.Empty;
        start.Environment["FARM_STDERR"] = settings.StderrPath ?? string.Empty;
    }

    /// <summary>A file that cannot be written is reported before anything starts.</summary>
    private static void Touch(string? path)
    {
        if (path is not null && path != "/dev/null")
        {
            OsErrors.Guard(path, () => File.WriteAllBytes(path, []));
        }
    }

    private static void CheckProgram(ProcessSettings settings, string program)
    {
        var search = settings.Variables is { } own ? own.GetValueOrDefault("PATH") : Environment.GetEnvironmentVariable("PATH");
        var candidates = program.Contains('/')
            ? [PosixPaths.Join([settings.Folder, program])]
            : (search ?? "/bin:/usr/bin").Split(':').Select(folder => PosixPaths.Join([folder, program])).ToList();
        var found = candidates.FindAll(File.Exists);
        if (found.Count == 0)
        {
            throw candidates.Exists(Directory.Exists) && program.Contains('/') ? OsErrors.Denied(program) : OsErrors.NotFound(program);
        }

        const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && !found.Exists(path => (File.GetUnixFileMode(path) & AnyExecute) != 0))
        {
            throw OsErrors.Denied(program);
        }
    }
}
