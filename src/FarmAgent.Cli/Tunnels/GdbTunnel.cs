using FarmAgent.Api;
using FarmAgent.Api.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>A board's chip, attached for one gdb by a stream to the agent.</summary>
internal sealed class GdbTunnel : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(15);
    private readonly AsyncDuplexStreamingCall<AttachGdbRequest, AttachGdbResponse> _call;

    private GdbTunnel(AsyncDuplexStreamingCall<AttachGdbRequest, AttachGdbResponse> call, GdbAttached target) => (_call, Target) = (call, target);

    /// <summary>The target that is attached.</summary>
    public GdbAttached Target { get; }

    /// <summary>Attaches.</summary>
    /// <exception cref="RpcException">The agent refused (<c>PROBE_IN_USE</c>, <c>LEASE_LOST</c>, …).</exception>
    public static async Task<GdbTunnel> OpenAsync(FarmClient client, GdbAttachment attachment, CancellationToken cancellationToken)
    {
        var call = client.Tunnels.AttachGdb(cancellationToken: cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(new AttachGdbRequest { Attach = attachment }, cancellationToken);
            return await call.ResponseStream.MoveNext(cancellationToken)
                ? new GdbTunnel(call, call.ResponseStream.Current.Attached)
                : throw new RpcException(new Status(StatusCode.Unavailable, "The agent ended the attachment. Attach again."));
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes of gdb; those that come after the end are lost with it.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await ((Task)_call.RequestStream.WriteAsync(new AttachGdbRequest { Data = ByteString.CopyFrom(bytes.Span) }, cancellationToken))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Says that gdb sends no more.</summary>
    public async Task CompleteAsync() => await _call.RequestStream.CompleteAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>What comes for gdb and its user, until the attachment is over.</summary>
    /// <exception cref="RpcException">The agent ended it, for example with the lease.</exception>
    public IAsyncEnumerable<AttachGdbResponse> ReadAllAsync(CancellationToken cancellationToken) => _call.ResponseStream.ReadAllAsync(cancellationToken);

    /// <summary>Detaches, and waits until the agent has let the target go.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        await CompleteAsync();
        try
        {
            while (await _call.ResponseStream.MoveNext(limit.Token))
            {
                // Nobody is there to read it any more.
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The attachment was over already.
        }

        _call.Dispose();
    }
}
