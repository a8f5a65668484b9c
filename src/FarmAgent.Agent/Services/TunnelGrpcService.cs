using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Signatures;
using FarmAgent.Agent.Tunnels;
using FarmAgent.Agent.Tunnels.UsbDevices;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Devices for programs that are not ours.</summary>
internal sealed class TunnelGrpcService(LeaseGate gate, Benches benches, FlashContentTracker contents, OpenTunnels tunnels, GdbFlash flash, ImageSignatures signatures) : Wire.TunnelService.TunnelServiceBase
{
    public override async Task AttachStLink(
        IAsyncStreamReader<Wire.AttachStLinkRequest> requestStream, IServerStreamWriter<Wire.AttachStLinkResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Attach is not { } attach)
        {
            throw new RequestException("REQUEST_INVALID", "The stream does not begin with what to attach to. Send the attachment first.");
        }

        var (session, token) = gate.Enter(context, attach.Board, attach.Lease);
        signatures.RefuseRawAccess(session.Name);
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
        await attachment.RunAsync(requestStream, responseStream, attached: null, context.CancellationToken);
    }

    public override Task<Wire.ListUsbDevicesResponse> ListUsbDevices(Wire.ListUsbDevicesRequest request, ServerCallContext context)
    {
        var (session, _) = gate.Enter(context, request.Board, request.Lease);
        var response = new Wire.ListUsbDevicesResponse();
        response.Devices.Add(ExportedDevices.List(session));
        return Task.FromResult(response);
    }

    public override async Task AttachUsbDevice(
        IAsyncStreamReader<Wire.AttachUsbDeviceRequest> requestStream, IServerStreamWriter<Wire.AttachUsbDeviceResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Attach is not { } attach)
        {
            throw new RequestException("REQUEST_INVALID", "The stream does not begin with what to attach to. Send the attachment first.");
        }

        var (session, token) = gate.Enter(context, attach.Board, attach.Lease);
        var tool = attach.Tool.Length == 0 ? "a foreign host" : attach.Tool;
        var isProbe = attach.Device is ExportedDevices.Probe or "";
        if (isProbe)
        {
            signatures.RefuseRawAccess(session.Name);
        }

        using var open = tunnels.Enter();
        using var realtime = benches.RunRealtime(session.Name);
        using UsbAttachment attachment = isProbe
            ? new ProbeUsbAttachment(session.GetProbe(), token, tool, tunnels)
            : new I2cUsbAttachment(session.GetI2cBus(attach.Device), session.Name, token, tool, tunnels);
        await attachment.RunAsync(
            requestStream,
            responseStream,
            cancellation => isProbe ? contents.InvalidateAsync(session.Name, $"{tool} was attached to the probe since the last flash", cancellation) : Task.CompletedTask,
            context.CancellationToken);
    }
}
