using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;
using Google.Protobuf;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>The core behind the probe.</summary>
internal sealed partial class DebugGrpcService(LeaseGate gate, FlashContentTracker contents) : Wire.DebugService.DebugServiceBase
{
    private const int LargestRead = 1024 * 1024;
    private const int PieceBytes = 4096;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public override async Task<Wire.GetChipResponse> GetChip(Wire.GetChipRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var probe = session.GetProbe();
        return await probe.RunAsync(
            token,
            "identify the chip",
            probe.DefaultOptions,
            (debug, _) =>
            {
                var target = TargetRegistry.BuiltIn.Identify(debug, session.Description.Chip);
                contents.ChipSeen(session.Name, debug.Probe.Info.Serial, debug.Identity.DeviceIdCode, target.UniqueId);
                var wire = debug.Probe.Info.ToWire(session.Name);
                wire.Firmware = debug.Probe.Firmware;
                var chip = target.ToWire();
                chip.Name = session.Description.Chip ?? chip.Name;
                return new Wire.GetChipResponse { Chip = chip, Probe = wire, Core = debug.ReadCore() };
            },
            Limit,
            context.CancellationToken);
    }

    public override async Task<Wire.ResetResponse> Reset(Wire.ResetRequest request, ServerCallContext context)
    {
        if (request.Mode == Wire.ResetMode.None)
        {
            throw new RequestException("REQUEST_INVALID", "A reset that resets nothing was asked for. Choose run or halt as its mode.");
        }

        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var probe = session.GetProbe();
        var halt = request.Mode == Wire.ResetMode.Halt;
        return await probe.RunAsync(
            token,
            halt ? "reset and halt" : "reset",
            probe.DefaultOptions with { End = halt ? SessionEnd.Halted : SessionEnd.Running },
            (debug, stop) =>
            {
                if (halt)
                {
                    debug.Core.ResetAndHalt();
                }
                else
                {
                    debug.Core.ResetAndRun();
                    BootPause.Wait(session, stop);
                }

                return new Wire.ResetResponse { Core = debug.ReadCore() };
            },
            Limit,
            context.CancellationToken);
    }

    public override async Task<Wire.GetCoreStateResponse> GetCoreState(Wire.GetCoreStateRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        var probe = session.GetProbe();
        return await probe.RunAsync(
            token,
            "look at the core",
            probe.LookOnly,
            (debug, _) => new Wire.GetCoreStateResponse { Core = debug.ReadCore() },
            Limit,
            context.CancellationToken);
    }

    public override async Task<Wire.ReadMemoryResponse> ReadMemory(Wire.ReadMemoryRequest request, ServerCallContext context)
    {
        var (session, token) = gate.Enter(context, request.Board, request.Lease);
        if (request.Length is 0 or > LargestRead || (ulong)request.Address + request.Length > 1UL << 32)
        {
            throw new RequestException(
                "REQUEST_INVALID",
                $"{request.Length} bytes from 0x{request.Address:X8} were asked for; 1 to {LargestRead} up to the top of the address space can be read at once.");
        }

        var probe = session.GetProbe();
        var data = await probe.RunAsync(
            token,
            "read memory",
            probe.LookOnly,
            (debug, stop) =>
            {
                var bytes = new byte[request.Length];
                for (var done = 0; done < bytes.Length; done += PieceBytes)
                {
                    token.Check();
                    stop.ThrowIfCancellationRequested();
                    debug.Memory.Read(request.Address + (uint)done, bytes.AsSpan(done, Math.Min(PieceBytes, bytes.Length - done)));
                }

                return bytes;
            },
            Limit,
            context.CancellationToken);
        return new Wire.ReadMemoryResponse { Data = UnsafeByteOperations.UnsafeWrap(data) };
    }
}
