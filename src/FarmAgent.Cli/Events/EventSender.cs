using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using Grpc.Core;

namespace FarmAgent.Cli.Events;

/// <summary>Sends the events of this run to the agent, in batches over one call, beside the engine. A run goes on without them.</summary>
/// <param name="queue">Where they wait.</param>
/// <param name="options">Where the agent is, and as which run.</param>
/// <param name="errors">Told once when they cannot be sent.</param>
internal sealed class EventSender(EventQueue queue, FarmClientOptions options, TextWriter errors) : IDisposable
{
    // Between batches: nobody sees the difference, and a suite of fast keywords keeps the processor to itself.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // The agent is on this machine: what it cannot take in this time it cannot take.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _finishing = new();
    private Task? _sending;

    /// <summary>Begins to send.</summary>
    public void Start() => _sending = Task.Run(SendAsync);

    /// <summary>Nothing more comes: waits, bounded, until the agent has all.</summary>
    public void Finish()
    {
        queue.Complete();
        _finishing.Cancel();
        if (_sending?.Wait(EndLimit) == false)
        {
            errors.WriteLine($"[farm] The agent did not take the last events of the run within {EndLimit.TotalSeconds} s; its results are whole all the same.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _finishing.Dispose();

    private async Task SendAsync()
    {
        using var client = new FarmClient(options);
        try
        {
            using var call = client.Runs.ReportRunEvents();
            while (await queue.TakeAsync(CancellationToken.None) is { } batch)
            {
                await call.RequestStream.WriteAsync(batch);
                await Task.Delay(Pause, TimeProvider.System, _finishing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await call.RequestStream.CompleteAsync();
            await call;
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException)
        {
            // InvalidOperationException: the agent ended the call while a batch was written.
            await errors.WriteLineAsync($"[farm] The events of this run no longer reach the agent: {FarmError.From(e)}");
        }
    }
}
