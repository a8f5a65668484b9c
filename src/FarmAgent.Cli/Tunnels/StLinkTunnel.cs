using FarmAgent.Api;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>A board's ST-LINK, attached for one program by a stream to the agent.</summary>
internal sealed class StLinkTunnel : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);
    private readonly AsyncDuplexStreamingCall<AttachStLinkRequest, AttachStLinkResponse> _call;

    private StLinkTunnel(AsyncDuplexStreamingCall<AttachStLinkRequest, AttachStLinkResponse> call, StLinkAttached probe) => (_call, Probe) = (call, probe);

    /// <summary>The probe that is attached.</summary>
    public StLinkAttached Probe { get; }

    /// <summary>Attaches.</summary>
    /// <exception cref="RpcException">The agent refused (<c>PROBE_IN_USE</c>, <c>LEASE_LOST</c>, …).</exception>
    public static async Task<StLinkTunnel> OpenAsync(FarmClient client, StLinkAttachment attachment, CancellationToken cancellationToken)
    {
        var call = client.Tunnels.AttachStLink(cancellationToken: cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(new AttachStLinkRequest { Attach = attachment }, cancellationToken);
            return new StLinkTunnel(call, (await NextAsync(call, cancellationToken)).Attached);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>Passes one command.</summary>
    /// <exception cref="RpcException">The attachment is over.</exception>
    public async Task<StLinkReply> PassAsync(StLinkExchange exchange, CancellationToken cancellationToken)
    {
        // A write to a call that the agent has ended fails without its reason; the reason is where the answer would be.
        await ((Task)_call.RequestStream.WriteAsync(new AttachStLinkRequest { Exchange = exchange }, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (await NextAsync(_call, cancellationToken)).Reply;
    }

    /// <summary>Detaches, and waits until the agent has let the probe go.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            await _call.RequestStream.CompleteAsync();
            while (await _call.ResponseStream.MoveNext(limit.Token))
            {
                // Answers that nobody waited for.
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The attachment was over already.
        }

        _call.Dispose();
    }

    private static async Task<AttachStLinkResponse> NextAsync(
        AsyncDuplexStreamingCall<AttachStLinkRequest, AttachStLinkResponse> call, CancellationToken cancellationToken) =>
        await call.ResponseStream.MoveNext(cancellationToken)
            ? call.ResponseStream.Current
            : throw new RpcException(new Status(StatusCode.Unavailable, "The agent ended the attachment. Attach again."));
}
