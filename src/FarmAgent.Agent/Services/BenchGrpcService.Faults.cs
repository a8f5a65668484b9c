using FarmAgent.Agent.Mapping;
using FarmAgent.Hardware;
using FarmAgent.Simulation.Faults;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Fault scripts and the recorder.</summary>
internal sealed partial class BenchGrpcService
{
    private const int LargestScript = 256 * 1024;
    private const int LinesAtOnce = 500;

    public override async Task<Wire.ApplyFaultScriptResponse> ApplyFaultScript(Wire.ApplyFaultScriptRequest request, ServerCallContext context)
    {
        var bench = BenchOf(context, request.Board);
        if (request.Script.Length > LargestScript)
        {
            throw new RequestException("REQUEST_INVALID", $"The script has {request.Script.Length} characters; {LargestScript} are allowed. Send it in parts.");
        }

        using var reader = new StringReader(request.Script);
        var ids = FaultScript.Apply(reader, request.File.Length == 0 ? "script" : request.File, bench);
        await SeeChangesAsync(context);
        var response = new Wire.ApplyFaultScriptResponse();
        response.Faults.Add(bench.Faults.List().Where(f => ids.Contains(f.Id)).Select(BenchMapping.ToWire));
        return response;
    }

    public override Task<Wire.ListFaultsResponse> ListFaults(Wire.ListFaultsRequest request, ServerCallContext context)
    {
        var response = new Wire.ListFaultsResponse();
        response.Faults.Add(BenchOf(context, request.Board).Faults.List().Select(BenchMapping.ToWire));
        return Task.FromResult(response);
    }

    public override async Task<Wire.ClearFaultsResponse> ClearFaults(Wire.ClearFaultsRequest request, ServerCallContext context)
    {
        var faults = BenchOf(context, request.Board).Faults;
        if (request.Ids.Count == 0)
        {
            faults.ClearAll();
        }

        foreach (var id in request.Ids)
        {
            faults.Clear(id);
        }

        await SeeChangesAsync(context);
        return new Wire.ClearFaultsResponse();
    }

    public override Task<Wire.ListFaultKindsResponse> ListFaultKinds(Wire.ListFaultKindsRequest request, ServerCallContext context)
    {
        var response = new Wire.ListFaultKindsResponse();
        response.Kinds.Add(FaultCatalog.All.Select(BenchMapping.ToWire));
        response.Streams.Add(FaultCatalog.Streams.Select(s => s.Word));
        return Task.FromResult(response);
    }

    public override Task<Wire.SetTraceResponse> SetTrace(Wire.SetTraceRequest request, ServerCallContext context)
    {
        var trace = BenchOf(context, request.Board).Trace;
        if (request.On)
        {
            trace.Start();
        }
        else
        {
            trace.Stop();
        }

        return Task.FromResult(new Wire.SetTraceResponse());
    }

    public override async Task ReadTrace(
        Wire.ReadTraceRequest request, IServerStreamWriter<Wire.ReadTraceResponse> responseStream, ServerCallContext context)
    {
        var trace = BenchOf(context, request.Board).Trace;
        var dropped = trace.Dropped;
        foreach (var part in trace.List().Chunk(LinesAtOnce))
        {
            var response = new Wire.ReadTraceResponse { Dropped = dropped };
            response.Lines.Add(part.Select(r => r.ToString()));
            await responseStream.WriteAsync(response, context.CancellationToken);
            dropped = 0;
        }
    }
}
