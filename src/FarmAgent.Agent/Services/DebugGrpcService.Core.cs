using FarmAgent.Agent.Mapping;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <content>Halting, running and stepping, and the registers.</content>
internal sealed partial class DebugGrpcService
{
    private const uint MostSteps = 1000;

    public override async Task<Wire.HaltResponse> Halt(Wire.HaltRequest request, ServerCallContext context)
    {
        var core = await OnCoreAsync(context, request.Board, request.Lease, "halt", SessionEnd.Halted, (debug, _) =>
        {
            if (!debug.Core.ReadState().IsHalted)
            {
                debug.Core.Halt();
            }

            return debug.ReadCore();
        });
        return new Wire.HaltResponse { Core = core };
    }

    public override async Task<Wire.ResumeResponse> Resume(Wire.ResumeRequest request, ServerCallContext context)
    {
        var core = await OnCoreAsync(context, request.Board, request.Lease, "resume", SessionEnd.Running, (debug, _) =>
        {
            if (debug.Core.ReadState().IsHalted)
            {
                debug.Core.Run();
            }

            return debug.ReadCore();
        });
        return new Wire.ResumeResponse { Core = core };
    }

    public override async Task<Wire.StepResponse> Step(Wire.StepRequest request, ServerCallContext context)
    {
        if (request.Count > MostSteps)
        {
            throw new RequestException("REQUEST_INVALID", $"{request.Count} steps were asked for; at most {MostSteps} can be made at once.");
        }

        var core = await OnCoreAsync(context, request.Board, request.Lease, "step", SessionEnd.AsFound, (debug, stop) =>
        {
            RequireHalted(debug);
            for (var step = 0; step < Math.Max(1, request.Count); step++)
            {
                stop.ThrowIfCancellationRequested();
                debug.Core.Step();
            }

            return debug.ReadCore();
        });
        return new Wire.StepResponse { Core = core };
    }

    public override Task<Wire.ReadRegistersResponse> ReadRegisters(Wire.ReadRegistersRequest request, ServerCallContext context) =>
        OnCoreAsync(context, request.Board, request.Lease, "read registers", SessionEnd.AsFound, (debug, _) =>
        {
            RequireHalted(debug);
            var answer = new Wire.ReadRegistersResponse();
            answer.Registers.Add(Enum.GetValues<CoreRegister>().Select(register => new Wire.CoreRegister
            {
                Name = register.ToString().ToLowerInvariant(),
                Value = debug.Core.ReadRegister(register),
            }));
            return answer;
        });

    private static void RequireHalted(DebugSession debug)
    {
        if (debug.Core.ReadState() is { IsHalted: false } state)
        {
            throw new TargetException("CORE_RUNS", $"The core is {state}, and only a halted one has registers to read or a next instruction. Halt it first: farmctl core halt.");
        }
    }

    private async Task<T> OnCoreAsync<T>(
        ServerCallContext context, string board, string lease, string what, SessionEnd end, Func<DebugSession, CancellationToken, T> job)
    {
        var (session, token) = gate.Enter(context, board, lease);
        var probe = session.GetProbe();
        return await probe.RunAsync(token, what, probe.LookOnly with { End = end }, job, Limit, context.CancellationToken);
    }
}
