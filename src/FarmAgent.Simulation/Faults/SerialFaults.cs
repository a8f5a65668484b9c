using FarmAgent.Simulation.Serial;

namespace FarmAgent.Simulation.Faults;

/// <summary>Faults on one serial line. All called under the bench's lock.</summary>
internal sealed class SerialFaults(FaultPlan plan, string net) : ISerialDisturbance
{
    /// <inheritdoc/>
    public SerialFrame Pass(SerialFrame frame)
    {
        if (!plan.Counts(FaultStream.UartFrames))
        {
            return frame;
        }

        var fault = plan.Next(FaultStream.UartFrames, candidate =>
            candidate.IsLasting || candidate.Net is null || string.Equals(candidate.Net, net, StringComparison.OrdinalIgnoreCase));
        return fault?.Kind switch
        {
            BenchFaultKind.UartNoise => frame with { Bits = frame.Bits ^ fault.Bits, IsNoisy = true },
            BenchFaultKind.UartOverrun => frame with { IsMissed = true },
            _ => frame,
        };
    }
}
