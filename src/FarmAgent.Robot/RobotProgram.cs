using System.Diagnostics.CodeAnalysis;
using FarmAgent.Robot.Building;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot;

/// <summary>Runs suites as the command <c>robot</c> does.</summary>
public static class RobotProgram
{
    private const int InformationPrinted = 251;
    private const int DataError = 252;
    private const int StoppedByUser = 253;
    private const int InternalError = 255;
    private const int StackSize = 256 * 1024 * 1024;

    /// <summary>Version of the language that results name.</summary>
    internal const string Version = "7.5b2.dev1";

    /// <summary>Runs suites.</summary>
    /// <param name="args">Options and paths as on the command line.</param>
    /// <param name="host">Consoles, native libraries, time, cancellation.</param>
    /// <returns>0–250: number of failed tests; 251 help or version; 252 wrong data or options; 253 stopped; 255 internal error.</returns>
    public static int Run(IReadOnlyList<string> args, RobotHost host)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(host);
        var code = InternalError;

        // Suites nest keywords deeply: the run gets a stack of its own.
        var thread = new Thread(() => code = RunGuarded(args, host), StackSize) { IsBackground = true, Name = "robot" };
        thread.Start();
        thread.Join();
        host.Stdout.Flush();
        host.Stderr.Flush();
        return code;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Exit code 255 stands for whatever else goes wrong; the message names it.")]
    private static int RunGuarded(IReadOnlyList<string> args, RobotHost host)
    {
        try
        {
            return RunChecked(args, host);
        }
        catch (SuiteDataException error)
        {
            WriteError(host, $"{error.Message}\n\nTry --help for usage information.");
            return DataError;
        }
        catch (OperationCanceledException)
        {
            WriteError(host, "Execution stopped by user.");
            return StoppedByUser;
        }
        catch (Exception error)
        {
            WriteError(host, $"Unexpected error: {error}");
            return InternalError;
        }
    }

    private static void WriteError(RobotHost host, string text) => host.Stderr.Write($"[ ERROR ] {text}\n");

    private static int RunChecked(IReadOnlyList<string> args, RobotHost host)
    {
        var fromEnvironment = CommandText.Split(Environment.GetEnvironmentVariable("ROBOT_OPTIONS") ?? "");
        var line = CommandLine.Parse(ArgumentFiles.Expand(fromEnvironment.Concat(args)));
        if (line.Options.Exists(option => option is { Name: "help", Value: "true" }))
        {
            host.Stdout.Write(Usage.Text);
            return InformationPrinted;
        }

        if (line.Options.Exists(option => option is { Name: "version", Value: "true" }))
        {
            host.Stdout.Write($"Robot Framework {Version} (Python 3.11.7 on linux)\n");
            return InformationPrinted;
        }

        if (line.Paths.Count == 0)
        {
            throw new SuiteDataException("Expected at least 1 argument, got 0.");
        }

        var settings = SettingsReader.Read(line, host.Clock.Now);
        return new RobotRun(settings, host).Run();
    }
}
