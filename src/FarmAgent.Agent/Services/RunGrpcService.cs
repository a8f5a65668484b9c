using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Stores;
using Google.Protobuf;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Suites and runs.</summary>
internal sealed class RunGrpcService(RunManager runs, RunStore store, ContentFolder suites, LeaseGate gate) : Wire.RunService.RunServiceBase
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1_000;
    private const int PieceBytes = 256 * 1024;

    public override async Task<Wire.UploadSuiteResponse> UploadSuite(IAsyncStreamReader<Wire.UploadSuiteRequest> requestStream, ServerCallContext context)
    {
        var header = await UploadReader.ReadHeaderAsync(requestStream, r => r.Header, context.CancellationToken);
        SuiteUnpacker.CheckName(header.FileName);
        var pieces = UploadReader.ReadDataAsync(requestStream, r => r.Data.Memory, context.CancellationToken);
        var content = await suites.StoreAsync(header.FileName, pieces, context.CancellationToken);
        return new Wire.UploadSuiteResponse { Suite = suites.NameOf(content.Digest), Bytes = content.Bytes };
    }

    public override async Task StartRun(Wire.StartRunRequest request, IServerStreamWriter<Wire.StartRunResponse> responseStream, ServerCallContext context)
    {
        gate.Own(context, request.Lease);
        var name = await runs.StartAsync(Caller.Of(context).Identity, request, context.CancellationToken);
        await foreach (var happened in await runs.WatchAsync(name, 0, context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.StartRunResponse { Event = happened }, context.CancellationToken);
        }
    }

    public override async Task WatchRun(Wire.WatchRunRequest request, IServerStreamWriter<Wire.WatchRunResponse> responseStream, ServerCallContext context)
    {
        await SeenAsync(context, request.Name);
        await foreach (var happened in await runs.WatchAsync(request.Name, request.FromSequence, context.CancellationToken))
        {
            await responseStream.WriteAsync(new Wire.WatchRunResponse { Event = happened }, context.CancellationToken);
        }
    }

    public override async Task<Wire.ReportRunEventsResponse> ReportRunEvents(IAsyncStreamReader<Wire.ReportRunEventsRequest> requestStream, ServerCallContext context)
    {
        var run = Caller.Of(context).Run ?? throw new AuthorizationException(
            "NOT_AUTHORISED", "Only the engine of a run reports its events, by the token of that run. Watch the run instead: farmctl runs watch.");
        var engine = runs.EngineOf(run);
        var response = new Wire.ReportRunEventsResponse();
        await foreach (var batch in requestStream.ReadAllAsync(context.CancellationToken))
        {
            engine.Take(batch.Events);
            response.Taken += batch.Events.Count;
        }

        return response;
    }

    public override async Task<Wire.CancelRunResponse> CancelRun(Wire.CancelRunRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var board = ResourceNames.BoardOf((await SeenAsync(context, request.Name)).Board);
        var run = await runs.CancelAsync(
            request.Name, starter => caller.RoleOn(board) == CallerRole.Admin || caller.Identity == starter, context.CancellationToken);
        return new Wire.CancelRunResponse { Run = run };
    }

    public override async Task<Wire.GetRunResponse> GetRun(Wire.GetRunRequest request, ServerCallContext context) =>
        new() { Run = await SeenAsync(context, request.Name) };

    public override async Task<Wire.ListRunsResponse> ListRuns(Wire.ListRunsRequest request, ServerCallContext context)
    {
        var board = request.Board.Length == 0 ? null : ResourceNames.OfBoard(gate.Look(context, request.Board).Name);
        var caller = Caller.Of(context);
        var response = new Wire.ListRunsResponse();
        var found = await store.ListAsync(board, request.PageSize <= 0 ? DefaultPage : Math.Min(request.PageSize, LargestPage), context.CancellationToken);
        response.Runs.Add(found.Where(r => caller.Sees(ResourceNames.BoardOf(r.Board))));
        return response;
    }

    public override async Task<Wire.ListArtifactsResponse> ListArtifacts(Wire.ListArtifactsRequest request, ServerCallContext context)
    {
        await SeenAsync(context, request.Run);
        var artifacts = await runs.ArtifactsAsync(request.Run, context.CancellationToken);
        var response = new Wire.ListArtifactsResponse();
        response.Artifacts.Add(await artifacts.ListAsync(context.CancellationToken));
        return response;
    }

    public override async Task FetchArtifact(
        Wire.FetchArtifactRequest request, IServerStreamWriter<Wire.FetchArtifactResponse> responseStream, ServerCallContext context)
    {
        await SeenAsync(context, request.Run);
        var artifacts = await runs.ArtifactsAsync(request.Run, context.CancellationToken);
        await using var file = artifacts.Open(request.Path);
        var piece = new byte[PieceBytes];
        var offset = 0L;
        int count;
        while ((count = await file.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false, context.CancellationToken)) > 0)
        {
            await responseStream.WriteAsync(
                new Wire.FetchArtifactResponse { Offset = offset, Data = ByteString.CopyFrom(piece, 0, count) }, context.CancellationToken);
            offset += count;
        }
    }

    private async Task<Wire.Run> SeenAsync(ServerCallContext context, string name)
    {
        var run = await runs.GetAsync(name, context.CancellationToken);
        LeaseGate.CheckRole(context, ResourceNames.BoardOf(run.Board));
        return run;
    }
}
