using System.Diagnostics;

namespace FarmAgent.Agent.Runs;

/// <summary>The engine in a process of its own, with an environment that holds nothing of the agent's.</summary>
internal sealed class RunnerProcess : IDisposable
{
    // What a program needs to start at all; a developer's build also needs to find its runtime.
    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_HOST_PATH"];

    private readonly Process _process;

    private RunnerProcess(Process process) => _process = process;

    /// <summary>Starts the engine.</summary>
    public static RunnerProcess Start(string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new RunnerProcess(process);
    }

    /// <summary>Passes each line of output on until both streams have ended, and the process with them.</summary>
    /// <returns>Exit code; above 128 after a signal.</returns>
    public async Task<int> WaitAsync(Action<string> output, Action<string> error)
    {
        await Task.WhenAll(PumpAsync(_process.StandardOutput, output), PumpAsync(_process.StandardError, error));
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Asks the engine to end as Ctrl-C would: teardowns run.</summary>
    public void Interrupt()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        }
    }

    /// <summary>Ends the engine and all it started, at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _process.Dispose();

    private static async Task PumpAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            take(line + "\n");
        }
    }
}
