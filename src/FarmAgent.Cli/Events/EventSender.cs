using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using Grpc.Core;

namespace FarmAgent.Cli.Events;

/// <summary>Sends the events of this run to the agent, in batches over one call, beside the engine. A run goes on without them.</summary>
/// <param name="queue">Where they wait.</param>
/// <param name="options">Where the agent is, and as which run.</param>
/// <param name="errors">Told once when they cannot be sent.</param>
internal sealed class EventSender(EventQueue queue, FarmClientOptions options, TextWriter errors)
{
    // The agent is on this machine: what it cannot take in this time it cannot take.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private Task? _sending;

    /// <summary>Begins to send.</summary>
    public void Start() => _sending = Task.Run(SendAsync);

    /// <summary>Nothing more comes: waits, bounded, until the agent has all.</summary>
    public void Finish()
    {
        queue.Complete();
        if (_sending?.Wait(EndLimit) == false)
        {
            errors.WriteLine($"[farm] The agent did not take the last events of the run within {EndLimit.TotalSeconds} s; its results are whole all the same.");
        }
    }

    private async Task SendAsync()
    {
        using var client = new FarmClient(options);
        try
        {
            using var call = client.Runs.ReportRunEvents();
            while (await queue.TakeAsync(CancellationToken.None) is { } batch)
            {
                await call.RequestStream.WriteAsync(batch);
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
