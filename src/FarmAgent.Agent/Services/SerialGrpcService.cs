using FarmAgent.Agent.Hosting;
using FarmAgent.Hardware;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Consoles.</summary>
internal sealed class SerialGrpcService(LeaseGate gate, Benches benches) : Wire.SerialService.SerialServiceBase
{
    private const int LargestWrite = 64 * 1024;

    public override async Task TailSerial(
        Wire.TailSerialRequest request, IServerStreamWriter<Wire.TailSerialResponse> responseStream, ServerCallContext context)
    {
        var session = gate.Look(context, request.Board);
        var recorder = session.GetConsole(request.Port);
        if (!request.Follow)
        {
            recorder.ThrowIfNeverOpened();
        }

        // Whoever follows a console waits by the clock on the wall.
        using var realtime = request.Follow ? benches.RunRealtime(session.Name) : null;
        await foreach (var chunk in recorder.ReadAsync(request.FromOffset, request.Follow, context.CancellationToken))
        {
            await responseStream.WriteAsync(
                new Wire.TailSerialResponse { Offset = chunk.Offset, Data = UnsafeByteOperations.UnsafeWrap(chunk.Data), Time = chunk.Time.ToTimestamp() },
                context.CancellationToken);
        }
    }

    public override async Task<Wire.WriteSerialResponse> WriteSerial(Wire.WriteSerialRequest request, ServerCallContext context)
    {
        if (request.Data.Length > LargestWrite)
        {
            throw new RequestException("REQUEST_INVALID", $"{request.Data.Length} bytes were to be sent; {LargestWrite} can be at once. Send them in pieces.");
        }

        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var recorder = session.GetConsole(request.Port);

        // A port takes bytes as fast as its line is: that is no work for a thread of the server's own.
        var offset = await Task.Run(() => recorder.Write(token, request.Data.Span), context.CancellationToken);
        return new Wire.WriteSerialResponse { Offset = offset };
    }
}
