using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Power;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>The board's supply.</summary>
internal sealed class PowerGrpcService(LeaseGate gate) : Wire.PowerService.PowerServiceBase
{
    private static readonly TimeSpan LongestOffTime = TimeSpan.FromSeconds(60);

    public override async Task<Wire.GetPowerResponse> GetPower(Wire.GetPowerRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        return new Wire.GetPowerResponse { Power = await RunAsync(session.GetPower(), token, _ => { }) };
    }

    public override async Task<Wire.SetPowerResponse> SetPower(Wire.SetPowerRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var power = await RunAsync(session.GetPower(), token, p => p.Switch(token, request.On, context.CancellationToken));
        session.Probe?.Refresh();
        return new Wire.SetPowerResponse { Power = power };
    }

    public override async Task<Wire.CyclePowerResponse> CyclePower(Wire.CyclePowerRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var offTime = request.OffTime?.ToTimeSpan();
        if (offTime < TimeSpan.Zero || offTime > LongestOffTime)
        {
            throw new RequestException("REQUEST_INVALID", $"The supply cannot stay off for {offTime.Value.TotalSeconds:0.###} s: 0 to {LongestOffTime.TotalSeconds:0} s can be asked for.");
        }

        var power = await RunAsync(session.GetPower(), token, p => p.Cycle(token, offTime, context.CancellationToken));
        session.Probe?.Refresh();
        return new Wire.CyclePowerResponse { Power = power };
    }

    // Waits block; the thread that serves calls is not held by them.
    private static Task<Wire.Power> RunAsync(IBoardPower power, LeaseToken token, Action<IBoardPower> action) => Task.Run(
        () =>
        {
            action(power);
            return new Wire.Power { On = power.IsOn(token), Switch = power.Description.SwitchName };
        },
        CancellationToken.None);
}
