using FarmAgent.Flashing.Targets;
using FarmAgent.Probes;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Chip and core for the API, read from a session.</summary>
internal static class CoreMapping
{
    /// <summary>Program counter sample (DWT_PCSR, ARMv7-M ARM section C1.8.4): all ones when the core is halted or asleep.</summary>
    private const uint ProgramCounterSample = 0xE000_101C;

    /// <summary>What the core does; it is not disturbed.</summary>
    public static Wire.CoreState ReadCore(this DebugSession session)
    {
        var state = session.Core.ReadState();
        var faults = session.Core.ReadFaults();
        return new Wire.CoreState
        {
            Activity = state switch
            {
                { IsLockedUp: true } => Wire.CoreActivity.LockedUp,
                { IsHalted: true } => Wire.CoreActivity.Halted,
                { IsSleeping: true } => Wire.CoreActivity.Sleeping,
                _ => Wire.CoreActivity.Running,
            },
            ProgramCounter = state.IsHalted ? session.Core.ReadRegister(CoreRegister.Pc) : Sample(session),
            Fault = faults.HasFault ? faults.ToString() : "",
            TargetVolts = session.TargetVolts ?? 0,
        };
    }

    public static Wire.Chip ToWire(this FlashTarget target) => new()
    {
        Name = target.Description.Name,
        DeviceId = target.Identity.DeviceId,
        Revision = target.Identity.RevisionId,
        DebugPortId = target.Identity.DebugPortId,
        FlashBytes = (uint)target.Geometry.Bytes,
        RamBytes = (uint)target.Description.Ram.Length,
        SectorBytes = (uint)target.Geometry.SectorBytes,
    };

    private static uint Sample(DebugSession session)
    {
        try
        {
            // The sampling unit is only there with trace enabled; the end of the session turns it off again.
            session.Core.CatchHardFaults(enabled: false);
            var sample = session.Memory.ReadWord(ProgramCounterSample);
            return sample == uint.MaxValue ? 0 : sample;
        }
        catch (MemoryFaultException)
        {
            return 0;
        }
    }
}
