using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Takes the writes to memory that the maker has programmed: the bus answers with an error.</summary>
internal sealed class ReadOnlyCells : IMemoryWriteHandler
{
    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => BusResponse.Error;
}
