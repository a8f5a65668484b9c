using System.Diagnostics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>A process that the Process library started, and what it has given so far.</summary>
internal sealed class ProcessHandle(Process process, IReadOnlyList<string> command, bool isGroup) : IPyObject, IDisposable
{
    /// <summary>Set by the signal that this library sent: the exit code says it as a negative number.</summary>
    private int _signal;

    public string TypeName => "Popen";

    public required ProcessResult Result { get; init; }

    public required ProcessStreams Streams { get; init; }

    public int Id { get; } = process.Id;

    public bool IsRunning => !process.HasExited;

    /// <summary>Exit code; negative when a signal of ours ended it.</summary>
    public long ExitCode => process.ExitCode > 128 && process.ExitCode - 128 == _signal ? -_signal : process.ExitCode;

    public string Repr() => $"<Popen: returncode: {(IsRunning ? "None" : ExitCode)} args: {PyText.Repr(new PyList(command))}>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "pid" => (long)Id,
            "returncode" => IsRunning ? null : ExitCode,
            "args" => new PyList(command),
            _ => null,
        };
        return name is "pid" or "returncode" or "args";
    }

    /// <summary>Waits for the end of the process itself.</summary>
    public bool WaitForExit(TimeSpan limit) => process.WaitForExit(limit);

    /// <summary>Sends a signal to the process, or to its whole group.</summary>
    public void Send(int signal, bool toGroup)
    {
        if (!IsRunning && !toGroup)
        {
            return;
        }

        _signal = signal;

        // The runtime can only kill; any other signal is sent by the shell's own command.
        using var sender = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", "kill -$1 $2 2>/dev/null", "sh", $"{signal}", toGroup && isGroup ? $"-{Id}" : $"{Id}"])
        {
            UseShellExecute = false,
        });
        sender?.WaitForExit(TimeSpan.FromSeconds(10));
    }

    public void Dispose()
    {
        Streams.Dispose();
        process.Dispose();
    }
}
