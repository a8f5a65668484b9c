using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Checks;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Whether boards are in order.</summary>
internal sealed class CheckGrpcService(LeaseGate gate, BoardChecker checker, QuarantineKeeper quarantines) : Wire.CheckService.CheckServiceBase
{
    private const int LongestText = 500;

    public override async Task<Wire.CheckBoardResponse> CheckBoard(Wire.CheckBoardRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var report = await checker.CheckAsync(session, token, context.CancellationToken);
        quarantines.Checked(session, report);
        await Task.Run(() => BootPause.Wait(session, context.CancellationToken), context.CancellationToken);
        return new Wire.CheckBoardResponse { Check = report.ToWire() };
    }

    public override Task<Wire.GetCheckResponse> GetCheck(Wire.GetCheckRequest request, ServerCallContext context)
    {
        var session = gate.Look(context, request.Board);
        return Task.FromResult(new Wire.GetCheckResponse { Check = session.LastCheck?.ToWire(), Quarantine = session.Quarantine?.ToWire() });
    }

    public override Task<Wire.QuarantineBoardResponse> QuarantineBoard(Wire.QuarantineBoardRequest request, ServerCallContext context)
    {
        var session = gate.Look(context, request.Board);
        if (request.Text.Length is 0 or > LongestText)
        {
            throw new RequestException("REQUEST_INVALID", $"The reason has {request.Text.Length} characters; write 1 to {LongestText}, so that others know what to mend.");
        }

        var quarantine = quarantines.Put(session, "QUARANTINED_BY_HAND", $"{Caller.Of(context).Identity}: {request.Text}");
        return Task.FromResult(new Wire.QuarantineBoardResponse { Quarantine = quarantine.ToWire() });
    }

    public override Task<Wire.RestoreBoardResponse> RestoreBoard(Wire.RestoreBoardRequest request, ServerCallContext context)
    {
        quarantines.Restore(gate.Look(context, request.Board), Caller.Of(context).Identity);
        return Task.FromResult(new Wire.RestoreBoardResponse());
    }
}
