using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>A <c>farmctl tunnel …</c> that listens on a free port.</summary>
internal sealed partial class TunnelProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TunnelProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginErrorReadLine();
    }

    public int Port { get; private set; }

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public static Task<TunnelProcess> StartAsync(AgentProcess agent, string lease, string kind = "stlink") =>
        StartAsync(agent, ["--lease", lease, "tunnel", kind, "--port", "0"]);

    public static async Task<TunnelProcess> StartAsync(AgentProcess agent, string[] words)
    {
        var tunnel = new TunnelProcess(agent.StartFarmctl(words));
        tunnel.Port = await tunnel._port.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        return tunnel;
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }

        if (line is not null && ListeningLine().Match(line) is { Success: true } match)
        {
            _port.TrySetResult(int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:(?<port>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListeningLine();
}
