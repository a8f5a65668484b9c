using System.Globalization;
using System.Net.Sockets;
using FarmAgent.Api;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels;

/// <summary>
/// Serves nets of a virtual bench to programs of this machine, one after the other, as lines of text. Out: <c>NET 0|1 SECONDS</c>, each net once at the start and
/// then at every change, with the wall time. In: <c>NET high|low|up|down|none</c>. What a program drives is let go when it disconnects.
/// </summary>
internal sealed class NetServer(LoopbackListener listener, FarmClient client, string board, IReadOnlyList<string> nets, CommandOutput output)
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, NetDrive> Words = new(StringComparer.Ordinal)
    {
        ["high"] = NetDrive.High,
        ["low"] = NetDrive.Low,
        ["up"] = NetDrive.PullUp,
        ["down"] = NetDrive.PullDown,
        ["none"] = NetDrive.Unspecified,
    };

    /// <summary>Serves until it is stopped.</summary>
    /// <exception cref="RpcException">The agent refuses, or is gone.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var socket = await listener.AcceptAsync(cancellationToken);
            await using var stream = new NetworkStream(socket);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var call = client.Bench.AttachNets(cancellationToken: cancellationToken);
            var first = new AttachNetsRequest { Board = board };
            first.Nets.Add(nets);
            await call.RequestStream.WriteAsync(first, cancellationToken);
            var down = SendDownAsync(stream, call.ResponseStream, cancellationToken);
            var up = SendUpAsync(stream, call.RequestStream, end.Token);
            var ended = await Task.WhenAny(down, up);
            await end.CancelAsync();
            await up.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await LetGoAsync(call, down);
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await ended;
            }
            catch (IOException)
            {
                output.Note("The program has disconnected.");
            }
        }
    }

    /// <summary>Ends the call and waits until the agent has let the nets go: the next program must not find what this one drove.</summary>
    private static async Task LetGoAsync(AsyncDuplexStreamingCall<AttachNetsRequest, AttachNetsResponse> call, Task down)
    {
        using var limit = new CancellationTokenSource(FarewellLimit);
        try
        {
            await call.RequestStream.CompleteAsync();
            await down.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (await call.ResponseStream.MoveNext(limit.Token))
            {
                // Changes that nobody takes any more.
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The call was over already.
        }
    }

    private static async Task SendDownAsync(NetworkStream stream, IAsyncStreamReader<AttachNetsResponse> changes, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        await foreach (var change in changes.ReadAllAsync(cancellationToken))
        {
            var seconds = (change.Time.ToDateTimeOffset() - DateTimeOffset.UnixEpoch).TotalSeconds;
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{change.Net} {(change.High ? 1 : 0)} {seconds:F6}").AsMemory(), cancellationToken);
        }
    }

    private async Task SendUpAsync(NetworkStream stream, IClientStreamWriter<AttachNetsRequest> requests, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 2 || !nets.Contains(words[0], StringComparer.OrdinalIgnoreCase) || !Words.TryGetValue(words[1], out var drive))
            {
                output.Note($"'{line}' says nothing: write NET high|low|up|down|none, with a net of {string.Join(", ", nets)}.");
                continue;
            }

            await requests.WriteAsync(new AttachNetsRequest { Net = words[0], Drive = drive }, cancellationToken);
        }
    }
}
