using System.Threading.Channels;
using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Gpio;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Ends of nets in the hands of a client.</summary>
internal sealed partial class BenchGrpcService
{
    private const int KeptChanges = 4096;

    public override async Task AttachNets(
        IAsyncStreamReader<Wire.AttachNetsRequest> requestStream, IServerStreamWriter<Wire.AttachNetsResponse> responseStream, ServerCallContext context)
    {
        // Whoever may not look at the board learns nothing of what its request should have held.
        var isAsked = await requestStream.MoveNext(context.CancellationToken);
        var board = isAsked ? gate.Look(context, requestStream.Current.Board).Name : "";
        if (!isAsked || requestStream.Current.Nets.Count == 0)
        {
            throw new RequestException("REQUEST_INVALID", "The stream does not begin with what to attach to. Send board and nets first.");
        }

        var bench = benches.Get(board);
        using var realtime = benches.RunRealtime(board);
        var levels = Channel.CreateBounded<NetChange>(new BoundedChannelOptions(KeptChanges) { SingleReader = true });
        var tips = new Dictionary<string, NetTip>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var net in requestStream.Current.Nets.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                tips.Add(net, bench.AttachNet(net, levels.Writer));
            }

            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            var telling = TellAsync(bench, levels.Reader, responseStream, end.Token);
            try
            {
                await DriveAsync(tips, requestStream, context.CancellationToken);
            }
            finally
            {
                await end.CancelAsync();
                await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            foreach (var tip in tips.Values)
            {
                tip.Dispose();
            }
        }
    }

    private static async Task DriveAsync(Dictionary<string, NetTip> tips, IAsyncStreamReader<Wire.AttachNetsRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            if (!tips.TryGetValue(requests.Current.Net, out var tip))
            {
                throw new RequestException(
                    "NET_UNKNOWN", $"'{requests.Current.Net}' is none of the nets that this stream holds ({string.Join(", ", tips.Keys)}). Name it in the first request.");
            }

            tip.Drive(requests.Current.Drive switch
            {
                Wire.NetDrive.High => PinDrive.High,
                Wire.NetDrive.Low => PinDrive.Low,
                Wire.NetDrive.PullUp => PinDrive.PullUp,
                Wire.NetDrive.PullDown => PinDrive.PullDown,
                _ => PinDrive.None,
            });
        }
    }

    private async Task TellAsync(
        VirtualBench bench, ChannelReader<NetChange> levels, IServerStreamWriter<Wire.AttachNetsResponse> responses, CancellationToken cancellationToken)
    {
        await foreach (var change in levels.ReadAllAsync(cancellationToken))
        {
            await responses.WriteAsync(
                new Wire.AttachNetsResponse
                {
                    Net = change.Net,
                    High = change.High,
                    BenchTime = change.Time.ToDuration(),
                    Time = (time.GetUtcNow() - (bench.Elapsed - change.Time)).ToTimestamp(),
                },
                cancellationToken);
        }
    }
}
