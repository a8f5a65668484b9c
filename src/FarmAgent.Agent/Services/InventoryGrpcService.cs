using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using Google.Protobuf.Collections;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>What this agent is and which boards it serves.</summary>
internal sealed class InventoryGrpcService(
    AgentFacts facts, BoardFleet fleet, LeaseManager leases, FlashContentTracker contents, ChangeSignal changes) : Wire.InventoryService.InventoryServiceBase
{
    public override Task<Wire.GetAgentResponse> GetAgent(Wire.GetAgentRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        return Task.FromResult(new Wire.GetAgentResponse
        {
            Agent = facts.ToWire(),
            Caller = new Wire.Caller
            {
                Identity = caller.Identity,
                Role = caller.Role.ToWire(),
            },
        });
    }

    public override Task<Wire.ListBoardsResponse> ListBoards(Wire.ListBoardsRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var response = new Wire.ListBoardsResponse();
        response.Boards.Add(Matching(caller, request.Labels));
        return Task.FromResult(response);
    }

    public override Task<Wire.GetBoardResponse> GetBoard(Wire.GetBoardRequest request, ServerCallContext context)
    {
        var board = ResourceNames.BoardOf(request.Name);
        LeaseGate.CheckRole(context, board);
        return Task.FromResult(new Wire.GetBoardResponse { Board = BoardOf(fleet.Get(board)) });
    }

    public override async Task WatchBoards(
        Wire.WatchBoardsRequest request, IServerStreamWriter<Wire.WatchBoardsResponse> responseStream, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        for (var sequence = 1L; !changes.IsClosed; sequence++)
        {
            var next = changes.Next;
            var response = new Wire.WatchBoardsResponse { Sequence = sequence };
            response.Boards.Add(Matching(caller, request.Labels));
            await responseStream.WriteAsync(response, context.CancellationToken);
            await next.WaitAsync(context.CancellationToken);
        }
    }

    public override Task<Wire.ListProbesResponse> ListProbes(Wire.ListProbesRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var response = new Wire.ListProbesResponse();
        foreach (var backend in fleet.Sessions.Select(s => s.Backend).Distinct())
        {
            response.Probes.Add(ProbesOf(backend).Where(p => p.Board.Length == 0 || caller.Sees(ResourceNames.BoardOf(p.Board))));
        }

        return Task.FromResult(response);
    }

    private IEnumerable<Wire.Board> Matching(Caller caller, MapField<string, string> labels) => fleet.Inventory
        .Matching(labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal))
        .Where(b => caller.Sees(b.Name))
        .Select(b => BoardOf(fleet.Get(b.Name)));

    private Wire.Board BoardOf(BoardSession session) => session.ToWire(leases.StatusOf(session.Name), contents.Get(session.Name));

    private List<Wire.Probe> ProbesOf(IHardwareBackend backend)
    {
        try
        {
            return
            [
                .. ProbeCatalog.List(backend.Usb).Select(p => p.ToWire(
                    fleet.Sessions.FirstOrDefault(s => s.Backend == backend && s.Probe?.Presence.Info?.Device.PortPath == p.Device.PortPath)?.Name)),
            ];
        }
        catch (HardwareException)
        {
            // A bench that cannot list is a problem of its boards, which say so.
            return [];
        }
    }
}
