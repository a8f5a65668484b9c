using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace FarmAgent.TestKit.Processes;

/// <summary>
/// A real farm-agent in a process of its own, with its state and socket in a folder of its own, and the farmctl that belongs to it. What a
/// user types is what a test types.
/// </summary>
public sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly bool _ownsFolder;

    private AgentProcess(Process process, string folder, ProgramPair programs, bool ownsFolder)
    {
        _process = process;
        _ownsFolder = ownsFolder;
        Folder = folder;
        Programs = programs;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Folder with the socket and the state.</summary>
    public string Folder { get; }

    /// <summary>The two programs.</summary>
    public ProgramPair Programs { get; }

    /// <summary>Where it listens, as farmctl takes it.</summary>
    public string Address => "unix:" + SocketPath;

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    /// <summary>What it logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    private string SocketPath => Path.Combine(Folder, "agent.sock");

    /// <summary>Starts an agent on the built-in virtual bench, in lockstep, and returns when it accepts connections.</summary>
    /// <param name="programs">The pair to use.</param>
    /// <param name="folder">State of an earlier agent to go on with; a new one by default.</param>
    /// <param name="arguments">Options besides socket and state; <c>--virtual --clock lockstep</c> by default.</param>
    public static async Task<AgentProcess> StartAsync(ProgramPair programs, string? folder = null, params string[] arguments)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("farm-").FullName;
        string[] bench = arguments.Length > 0 ? arguments : ["--virtual", "--clock", "lockstep"];
        var process = CommandResult.Start(
            programs.Agent,
            [.. programs.AgentPrefix, .. bench, "--state", Path.Combine(folder, "state"), "--socket", Path.Combine(folder, "agent.sock")],
            new Dictionary<string, string> { ["FARM_RUNNER"] = programs.Farmctl });
        var agent = new AgentProcess(process, folder, programs, ownsFolder);
        try
        {
            await agent.WaitUntilListeningAsync();
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }

        return agent;
    }

    /// <summary>Runs farmctl against this agent.</summary>
    /// <param name="arguments">Verb and options; <c>--agent</c> and <c>--board b1</c> are added.</param>
    public Task<CommandResult> FarmctlAsync(params string[] arguments) =>
        CommandResult.RunAsync(Programs.Farmctl, ["--agent", Address, "--board", "b1", .. arguments]);

    /// <summary>Starts farmctl against this agent and leaves it running.</summary>
    public Process StartFarmctl(params string[] arguments) =>
        CommandResult.Start(Programs.Farmctl, ["--agent", Address, "--board", "b1", .. arguments]);

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            {
            }

            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task WaitUntilListeningAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"farm-agent ended with {_process.ExitCode}:\n{Log}");
            }

            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(started) < StartLimit)
            {
                await Task.Delay(10);
            }
        }
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
