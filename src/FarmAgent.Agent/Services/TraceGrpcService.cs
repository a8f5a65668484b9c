using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Traces;
using FarmAgent.Boards.Traces;
using FarmAgent.Boards.Traces.Decoding;
using FarmAgent.Boards.Traces.Export;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>The boards' flight recorders.</summary>
internal sealed class TraceGrpcService(LeaseGate gate, TraceFiles files) : Wire.TraceService.TraceServiceBase
{
    private const int EntriesAtOnce = 256;
    private const int PieceBytes = 64 * 1024;

    public override Task<Wire.GetTraceResponse> GetTrace(Wire.GetTraceRequest request, ServerCallContext context)
    {
        var trace = gate.Look(context, request.Board).Trace;
        return Task.FromResult(new Wire.GetTraceResponse
        {
            Bytes = trace.Bytes,
            FirstSequence = trace.FirstSequence,
            NextSequence = trace.NextSequence,
            Now = trace.Now.ToDuration(),
        });
    }

    public override async Task TailTrace(
        Wire.TailTraceRequest request, IServerStreamWriter<Wire.TailTraceResponse> responseStream, ServerCallContext context)
    {
        var session = gate.Look(context, request.Board);
        var channels = request.Channels.Select(TraceMapping.FromWire).ToHashSet();
        var (decoder, lines) = (new TraceDecoder(session.Description), new TraceDecoder(session.Description));
        var next = 0L;
        await foreach (var piece in session.Trace.FollowAsync(request.FromSequence, EntriesAtOnce, request.Follow, context.CancellationToken))
        {
            var response = new Wire.TailTraceResponse { Dropped = next == 0 ? 0 : piece[0].Sequence - next };
            next = piece[^1].Sequence + 1;
            response.Entries.Add(piece.Where(e => channels.Count == 0 || channels.Contains(e.Channel)).Select(e => e.ToWire(decoder, lines)));
            if (response.Entries.Count > 0 || response.Dropped > 0)
            {
                await responseStream.WriteAsync(response, context.CancellationToken);
            }
        }
    }

    public override async Task ExportTrace(
        Wire.ExportTraceRequest request, IServerStreamWriter<Wire.ExportTraceResponse> responseStream, ServerCallContext context)
    {
        var session = gate.Look(context, request.Board);
        var isVcd = request.Format == Wire.TraceFormat.Vcd;
        await using Stream content = request.Operation.Length > 0
            ? files.Open(request.Operation.StartsWith("operations/", StringComparison.Ordinal) ? request.Operation["operations/".Length..] : request.Operation, isVcd ? TraceFiles.VcdName : TraceFiles.TextName)
            : Export(session.Trace.ReadLast(request.Last?.ToTimeSpan()));
        var piece = new byte[PieceBytes];
        int count;
        while ((count = await content.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false, context.CancellationToken)) > 0)
        {
            await responseStream.WriteAsync(new Wire.ExportTraceResponse { Data = ByteString.CopyFrom(piece, 0, count) }, context.CancellationToken);
        }

        MemoryStream Export(IReadOnlyList<TraceEntry> entries)
        {
            var memory = new MemoryStream();
            using (var writer = new StreamWriter(memory, leaveOpen: true))
            {
                if (isVcd)
                {
                    TraceVcd.Write(session.Description, entries, writer);
                }
                else
                {
                    TraceFiles.WriteText(session.Description, entries, writer);
                }
            }

            memory.Position = 0;
            return memory;
        }
    }
}
