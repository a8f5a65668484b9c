using System.Diagnostics;
using FarmAgent.Boards;

namespace FarmAgent.Agent.Runs;

/// <summary>How a runner is started.</summary>
/// <param name="Program">Full path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">Working folder.</param>
/// <param name="Variables">Its environment, besides what every program needs.</param>
internal sealed record RunnerStart(string Program, IReadOnlyList<string> Arguments, string Folder, IReadOnlyDictionary<string, string> Variables);

/// <summary>
/// The suite's engine in a process of its own, with an environment that holds nothing of the agent's, in a process group of its own where
/// the host has <c>setsid</c>, so that it ends with all that it started.
/// </summary>
internal sealed class RunnerProcess : IDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    // What a program needs to start at all; a developer's build also needs to find its runtime.
    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"];

    private readonly Process _process;
    private readonly bool _isGroup;
    private readonly TimeProvider _time;

    private RunnerProcess(Process process, bool isGroup, TimeProvider time) => (_process, _isGroup, _time) = (process, isGroup, time);

    private string Target => _isGroup ? $"-{_process.Id}" : $"{_process.Id}";

    /// <summary>Starts it.</summary>
    /// <exception cref="BoardException">It cannot be started (<c>RUNNER_NOT_FOUND</c>).</exception>
    public static RunnerProcess Start(RunnerStart start, TimeProvider time)
    {
        // Called in a child that leads no group, setsid becomes the program itself: the process id is then that of the group, too.
        var setsid = Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);
        var info = setsid is null ? new ProcessStartInfo(start.Program, start.Arguments) : new ProcessStartInfo(setsid, [start.Program, .. start.Arguments]);
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        info.WorkingDirectory = start.Folder;
        info.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                info.Environment[name] = value;
            }
        }

        foreach (var (name, value) in start.Variables)
        {
            info.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(info)!;
            process.StandardInput.Close();
            return new RunnerProcess(process, setsid is not null, time);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BoardException(
                "RUNNER_NOT_FOUND", $"The program that runs suites, {start.Program}, cannot be started: {e.Message}. Make it an executable for this host.", e);
        }
    }

    /// <summary>Passes its output on until it has ended.</summary>
    /// <param name="output">Takes pieces of the standard output.</param>
    /// <param name="error">Takes pieces of the error output.</param>
    /// <param name="grace">How long it may take after it was told to end.</param>
    /// <param name="stop">Tells it to end: a signal first, so that teardowns run, and after the grace the end of all that it started.</param>
    /// <returns>Exit code; null when it had to be killed.</returns>
    public async Task<int?> RunAsync(Action<string> output, Action<string> error, TimeSpan grace, CancellationToken stop)
    {
        using var abandon = new CancellationTokenSource();
        Task[] each =
        [
            RunnerStream.PumpAsync(_process.StandardOutput.BaseStream, output, abandon.Token),
            RunnerStream.PumpAsync(_process.StandardError.BaseStream, error, abandon.Token),
        ];
        var pumps = Task.WhenAll(each);
        var exit = _process.WaitForExitAsync(CancellationToken.None);

        // Output that cannot be kept ends the run as well; the fault comes out below.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        foreach (var pump in each)
        {
            _ = pump.ContinueWith(_ => ended.Cancel(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        var wasKilled = false;
        try
        {
            await exit.WaitAsync(ended.Token);
        }
        catch (OperationCanceledException)
        {
            // Robot Framework and ours run the teardowns then. SIGINT would do, were it not ignored below an agent that a shell put into the background.
            await SignalAsync("TERM");
            wasKilled = await HasOutlivedAsync(exit, grace);
        }

        // Also what it left behind in its group: it could hold the board or the output.
        await KillAsync();
        await exit;
        if (await HasOutlivedAsync(pumps, DrainLimit))
        {
            await abandon.CancelAsync();
        }

        await pumps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pumps.IsFaulted)
        {
            await pumps;
        }

        return wasKilled ? null : _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    private async Task<bool> HasOutlivedAsync(Task task, TimeSpan limit)
    {
        await task.WaitAsync(limit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !task.IsCompleted;
    }

    private async Task KillAsync()
    {
        if (_isGroup)
        {
            await SignalAsync("KILL");
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    // The runtime sends no signal but the last; every shell does.
    private async Task SignalAsync(string signal)
    {
        var info = new ProcessStartInfo("/bin/sh", ["-c", "kill -s \"$1\" -- \"$2\" 2>/dev/null", "sh", signal, Target]);
        using var shell = Process.Start(info)!;
        await shell.WaitForExitAsync(CancellationToken.None).WaitAsync(DrainLimit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
