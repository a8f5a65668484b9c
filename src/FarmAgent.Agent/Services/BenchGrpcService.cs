using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>The virtual bench itself: its clock, its wires, its faults.</summary>
internal sealed partial class BenchGrpcService(Benches benches, BoardFleet fleet, LeaseGate gate, ChangeSignal changes, TimeProvider time) : Wire.BenchService.BenchServiceBase
{
    private static readonly TimeSpan LongestAdvance = TimeSpan.FromHours(1);

    public override Task<Wire.GetBenchResponse> GetBench(Wire.GetBenchRequest request, ServerCallContext context)
    {
        var bench = BenchOf(context, request.Board);
        var response = new Wire.GetBenchResponse
        {
            Bench = bench.Name,
            ClockMode = bench.ClockMode == BenchClockMode.Lockstep ? Wire.ClockMode.Lockstep : Wire.ClockMode.Realtime,
            Elapsed = bench.Elapsed.ToDuration(),
            FlashHeld = bench.Faults.IsFlashHeld,
            ProbePlugged = bench.IsProbePlugged,
            Lag = bench.Lag.ToDuration(),
        };
        response.Nets.Add(bench.ListNets().Select(BenchMapping.ToWire));
        return Task.FromResult(response);
    }

    public override Task<Wire.SetClockModeResponse> SetClockMode(Wire.SetClockModeRequest request, ServerCallContext context)
    {
        benches.Choose(gate.Look(context, request.Board).Name, request.ClockMode switch
        {
            Wire.ClockMode.Lockstep => BenchClockMode.Lockstep,
            Wire.ClockMode.Realtime => BenchClockMode.Realtime,
            _ => throw new RequestException("REQUEST_INVALID", "No clock mode is given. Choose lockstep or realtime."),
        });
        return Task.FromResult(new Wire.SetClockModeResponse());
    }

    public override async Task<Wire.AdvanceClockResponse> AdvanceClock(Wire.AdvanceClockRequest request, ServerCallContext context)
    {
        var bench = BenchOf(context, request.Board);
        if (Caller.Of(context).RoleOn(ResourceNames.BoardOf(request.Board)) != CallerRole.Admin || request.Lease.Length > 0)
        {
            gate.Enter(context, request.Board, request.Lease);
        }

        var duration = request.Duration?.ToTimeSpan() ?? TimeSpan.Zero;
        if (duration < TimeSpan.Zero || duration > LongestAdvance)
        {
            throw new RequestException("REQUEST_INVALID", $"{duration.TotalSeconds:0.###} s were asked for; 0 s to {LongestAdvance.TotalHours:0} h are allowed.");
        }

        await Task.Run(() => bench.Advance(duration, context.CancellationToken), context.CancellationToken);
        return new Wire.AdvanceClockResponse { Elapsed = bench.Elapsed.ToDuration() };
    }

    public override async Task<Wire.ApplyFaultResponse> ApplyFault(Wire.ApplyFaultRequest request, ServerCallContext context)
    {
        var bench = BenchOf(context, request.Board);
        var faults = bench.Faults;
        switch (request.Fault?.KindCase)
        {
            case Wire.Fault.KindOneofCase.UnplugProbe:
                faults.UnplugProbe();
                break;
            case Wire.Fault.KindOneofCase.ReplugProbe:
                faults.ReplugProbe();
                break;
            case Wire.Fault.KindOneofCase.CutWire:
                faults.CutWire(request.Fault.CutWire.Net);
                break;
            case Wire.Fault.KindOneofCase.JoinWire:
                faults.JoinWire(request.Fault.JoinWire.Net);
                break;
            case Wire.Fault.KindOneofCase.HoldFlash:
                // The bench counts from 1 and holds at the half-word; the request counts those that are still programmed.
                faults.HoldFlash((int)Math.Clamp(request.Fault.HoldFlash.HalfWord, -1, int.MaxValue - 1) + 1);
                break;
            case Wire.Fault.KindOneofCase.ReleaseFlash:
                faults.ReleaseFlash();
                break;
            case Wire.Fault.KindOneofCase.TargetPower when request.Fault.TargetPower.On:
                faults.PowerOn();
                break;
            case Wire.Fault.KindOneofCase.TargetPower:
                faults.PowerOff();
                break;
            default:
                throw new RequestException("REQUEST_INVALID", "No fault is given. Choose what to break or to mend.");
        }

        await SeeChangesAsync(context);
        return new Wire.ApplyFaultResponse();
    }

    /// <summary>What came or went is seen now, not at the next look: a probe that is back before that would count as never gone.</summary>
    private async Task SeeChangesAsync(ServerCallContext context)
    {
        await fleet.RefreshAsync(context.CancellationToken);
        changes.Raise();
    }

    private VirtualBench BenchOf(ServerCallContext context, string board) => benches.Get(gate.Look(context, board).Name);
}
