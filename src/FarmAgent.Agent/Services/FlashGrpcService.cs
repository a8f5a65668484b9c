using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Operations;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Stores;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Images, flashing and erasing. The operations are the agent's; this only starts and watches them.</summary>
internal sealed class FlashGrpcService(Flasher flasher, OperationBook book, ImageShelf images, FlashRecordStore records, LeaseGate gate)
    : Wire.FlashService.FlashServiceBase
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1_000;
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(60);

    public override async Task<Wire.UploadImageResponse> UploadImage(IAsyncStreamReader<Wire.UploadImageRequest> requestStream, ServerCallContext context)
    {
        var header = await UploadReader.ReadHeaderAsync(requestStream, r => r.Header, context.CancellationToken);
        var pieces = UploadReader.ReadDataAsync(requestStream, r => r.Data.Memory, context.CancellationToken);
        return new Wire.UploadImageResponse { Image = await images.StoreAsync(header, pieces, context.CancellationToken) };
    }

    public override async Task Flash(Wire.FlashRequest request, IServerStreamWriter<Wire.FlashResponse> responseStream, ServerCallContext context)
    {
        gate.Own(context, request.Lease);
        var operation = flasher.Flash(Caller.Of(context).Identity, request);
        await foreach (var happened in operation.Events.ReadAsync(0, context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.FlashResponse { Operation = operation.Name, Event = happened }, context.CancellationToken);
        }

        ThrowIfFailed(operation);
    }

    public override async Task Erase(Wire.EraseRequest request, IServerStreamWriter<Wire.EraseResponse> responseStream, ServerCallContext context)
    {
        gate.Own(context, request.Lease);
        var operation = flasher.Erase(Caller.Of(context).Identity, request);
        await foreach (var happened in operation.Events.ReadAsync(0, context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.EraseResponse { Operation = operation.Name, Event = happened }, context.CancellationToken);
        }

        ThrowIfFailed(operation);
    }

    public override async Task<Wire.CombineImagesResponse> CombineImages(Wire.CombineImagesRequest request, ServerCallContext context) =>
        new() { Image = await images.CombineAsync(request.Images, context.CancellationToken) };

    public override async Task Verify(Wire.VerifyRequest request, IServerStreamWriter<Wire.VerifyResponse> responseStream, ServerCallContext context)
    {
        gate.Own(context, request.Lease);
        var operation = flasher.Verify(Caller.Of(context).Identity, request);
        await foreach (var happened in operation.Events.ReadAsync(0, context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.VerifyResponse { Operation = operation.Name, Event = happened }, context.CancellationToken);
        }

        ThrowIfFailed(operation);
    }

    public override async Task<Wire.GetOptionBytesResponse> GetOptionBytes(Wire.GetOptionBytesRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var probe = session.GetProbe();
        return await probe.RunAsync(
            token,
            "read the option bytes",
            probe.LookOnly,
            (debug, _) =>
            {
                var programmer = new FlashProgrammer(debug, TargetRegistry.BuiltIn.Identify(debug, session.Description.Chip), session.Backend.Waiter);
                var options = programmer.ReadOptionBytes();
                return new Wire.GetOptionBytesResponse { OptionBytes = options.ToWire(programmer.ProtectedRanges(options)) };
            },
            LookLimit,
            context.CancellationToken);
    }

    public override async Task SetOptionBytes(
        Wire.SetOptionBytesRequest request, IServerStreamWriter<Wire.SetOptionBytesResponse> responseStream, ServerCallContext context)
    {
        gate.Own(context, request.Lease);
        var operation = flasher.SetOptionBytes(Caller.Of(context).Identity, request);
        await foreach (var happened in operation.Events.ReadAsync(0, context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.SetOptionBytesResponse { Operation = operation.Name, Event = happened }, context.CancellationToken);
        }

        ThrowIfFailed(operation);
    }

    public override Task<Wire.GetOperationResponse> GetOperation(Wire.GetOperationRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.GetOperationResponse { Operation = Seen(context, request.Name, request.RequestId).Snapshot() });

    public override async Task WatchOperation(
        Wire.WatchOperationRequest request, IServerStreamWriter<Wire.WatchOperationResponse> responseStream, ServerCallContext context)
    {
        var operation = Seen(context, request.Name, "");
        await foreach (var happened in operation.Events.ReadAsync(request.FromSequence, context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.WatchOperationResponse { Event = happened }, context.CancellationToken);
        }

        ThrowIfFailed(operation);
    }

    public override async Task<Wire.CancelOperationResponse> CancelOperation(Wire.CancelOperationRequest request, ServerCallContext context)
    {
        var operation = Seen(context, request.Name, request.RequestId);
        LeaseGate.CheckStarter(context, ResourceNames.BoardOf(operation.Board), operation.Identity, operation.Name);
        await operation.CancelAsync();
        await operation.Ended.WaitAsync(context.CancellationToken);
        return new Wire.CancelOperationResponse { Operation = operation.Snapshot() };
    }

    public override async Task<Wire.ListReceiptsResponse> ListReceipts(Wire.ListReceiptsRequest request, ServerCallContext context)
    {
        var board = request.Board.Length == 0 ? null : ResourceNames.BoardOf(request.Board);
        if (board is not null)
        {
            LeaseGate.CheckRole(context, board);
        }

        var caller = Caller.Of(context);
        var documents = await records.ListReceiptsAsync(
            board,
            request.RequestId.Length == 0 ? null : request.RequestId,
            request.PageSize <= 0 ? DefaultPage : Math.Min(request.PageSize, LargestPage),
            context.CancellationToken);
        var response = new Wire.ListReceiptsResponse();
        response.Receipts.Add(documents.Select(Documents.ReadReceipt).Where(r => caller.Sees(ResourceNames.BoardOf(r.Board))));
        return response;
    }

    private FlashOperation Seen(ServerCallContext context, string name, string requestId)
    {
        var operation = book.Get(name, requestId);
        LeaseGate.CheckRole(context, ResourceNames.BoardOf(operation.Board));
        return operation;
    }

    private static void ThrowIfFailed(FlashOperation operation)
    {
        if (operation.Failure is { } failure)
        {
            throw failure.With("operation", operation.Name);
        }
    }
}
