using FarmAgent.Simulation.I2c;

namespace FarmAgent.Simulation.Faults;

/// <summary>Faults on one I2C bus. All called under the bench's lock.</summary>
internal sealed class I2cFaults(FaultPlan plan, string bus) : II2cDisturbance
{
    /// <inheritdoc/>
    public I2cByteFault ByteEnded(bool fromHost)
    {
        if (!plan.Counts(FaultStream.I2cBytes))
        {
            return I2cByteFault.None;
        }

        var fault = plan.Next(FaultStream.I2cBytes, candidate =>
            (candidate.Bus is null || candidate.Bus == bus) && (fromHost || candidate.Kind != BenchFaultKind.I2cNack));
        return fault?.Kind switch
        {
            BenchFaultKind.I2cNack => I2cByteFault.Nack,
            BenchFaultKind.I2cArbitrationLost => I2cByteFault.ArbitrationLost,
            _ => I2cByteFault.None,
        };
    }
}
