using FarmAgent.Simulation.Dap;

namespace FarmAgent.Simulation.Faults;

/// <summary>Faults on SWD. All called under the bench's lock.</summary>
internal sealed class SwdFaults(FaultPlan plan) : ISwdDisturbance
{
    /// <inheritdoc/>
    public DapAck? Next(bool accessPort, bool read)
    {
        if (!plan.Counts(FaultStream.SwdTransfers))
        {
            return null;
        }

        var fault = plan.Next(FaultStream.SwdTransfers, candidate => candidate.Kind switch
        {
            BenchFaultKind.SwdWait => accessPort,
            BenchFaultKind.SwdParity => read,
            _ => true,
        });
        return fault?.Kind switch
        {
            BenchFaultKind.SwdWait => DapAck.Wait,
            BenchFaultKind.SwdParity => DapAck.Parity,
            _ => null,
        };
    }
}
