using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Tunnels;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Devices for programs that are not ours.</summary>
internal sealed class TunnelGrpcService(LeaseGate gate, Benches benches, FlashContentTracker contents, OpenTunnels tunnels, GdbFlash flash) : Wire.TunnelService.TunnelServiceBase
{
    public override async Task AttachStLink(
        IAsyncStreamReader<Wire.AttachStLinkRequest> requestStream, IServerStreamWriter<Wire.AttachStLinkResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Attach is not { } attach)
        {
            throw new RequestException("REQUEST_INVALID", "The stream does not begin with what to attach to. Send the attachment first.");
        }

        var (session, token) = gate.Enter(context, attach.Board, attach.Lease);
        using var open = tunnels.Enter();
        using var realtime = benches.RunRealtime(session.Name);
        using var attachment = new StLinkAttachment(session.GetProbe(), token, attach.Tool.Length == 0 ? "a debug tool" : attach.Tool, tunnels);
        await attachment.RunAsync(
            requestStream,
            responseStream,
            cancellation => contents.InvalidateAsync(session.Name, $"{attachment.Tool} was attached to the probe since the last flash", cancellation),
            context.CancellationToken);
    }

    public override async Task AttachGdb(
        IAsyncStreamReader<Wire.AttachGdbRequest> requestStream, IServerStreamWriter<Wire.AttachGdbResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Attach is not { } attach)
        {
            throw new RequestException("REQUEST_INVALID", "The stream does not begin with what to attach to. Send the attachment first.");
        }

        var (session, token) = gate.Enter(context, attach.Board, attach.Lease);
        using var open = tunnels.Enter();
        using var realtime = benches.RunRealtime(session.Name);
        using var attachment = new GdbAttachment(
            session, token, attach.Tool.Length == 0 ? "gdb" : attach.Tool, ResourceNames.LeaseOf(attach.Lease), Caller.Of(context).Identity, flash, contents, tunnels);
        await attachment.RunAsync(requestStream, responseStream, context.CancellationToken);
    }
}
