using System.Diagnostics;
using System.Text;
using FarmAgent.Boards;

namespace FarmAgent.Agent.Hooks;

/// <summary>A command of the farm's owner that runs at some occasion: bounded in time and output, with an environment that says what it is about.</summary>
/// <param name="command">Full path of the program, and its arguments.</param>
/// <param name="limit">Longest time that it may take; it is killed with all that it started then.</param>
/// <param name="time">Clock of the limit.</param>
internal sealed class HookCommand(IReadOnlyList<string> command, TimeSpan limit, TimeProvider time)
{
    private const int MostOutput = 2_000;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    /// <summary>Runs it to its end.</summary>
    /// <param name="variables">Variables beside those of the agent.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="BoardException">It cannot be started, fails or takes too long (<c>LEASE_HOOK_FAILED</c>).</exception>
    public async Task RunAsync(IEnumerable<KeyValuePair<string, string>> variables, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            info.Environment[name] = value;
        }

        using var process = Start(info);
        process.StandardInput.Close();
        var tail = new StringBuilder();
        var output = Task.WhenAll(KeepTailAsync(process.StandardOutput, tail), KeepTailAsync(process.StandardError, tail));
        using var timer = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw Failed($"was killed after its limit of {limit.TotalSeconds:0.###} s");
        }

        // What it started in the background may hold its output open for ever.
        await output.WaitAsync(DrainLimit, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (process.ExitCode != 0)
        {
            throw Failed($"ended with {process.ExitCode}");
        }

        BoardException Failed(string how) => new("LEASE_HOOK_FAILED", $"{command[0]} {how}{Said(tail)}. Run it by hand to see why.");
    }

    private Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BoardException("LEASE_HOOK_FAILED", $"{command[0]} cannot be started: {e.Message}. Make it executable for the agent's user.", e);
        }
    }

    private static async Task KeepTailAsync(StreamReader reader, StringBuilder tail)
    {
        var piece = new char[512];
        while (await reader.ReadAsync(piece) is > 0 and var length)
        {
            lock (tail)
            {
                tail.Append(piece.AsSpan(0, length));
                tail.Remove(0, Math.Max(0, tail.Length - MostOutput));
            }
        }
    }

    private static string Said(StringBuilder tail)
    {
        lock (tail)
        {
            var line = tail.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
            return line is null ? "" : $" and said '{new string([.. line.Where(c => !char.IsControl(c)).Take(200)])}'";
        }
    }
}
