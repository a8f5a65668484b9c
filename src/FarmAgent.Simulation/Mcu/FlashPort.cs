using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>The two areas that the controller programs.</summary>
internal enum FlashArea
{
    /// <summary>Main memory, 0x08000000.</summary>
    Main,

    /// <summary>Option bytes, 0x1FFFF800.</summary>
    Options,
}

/// <summary>The bus side of one area: reads and writes go to the controller, which knows whether it is busy or protected.</summary>
internal sealed class FlashPort(Stm32F1FlashController controller, FlashArea area) : IMemoryGate, IMemoryWriteHandler
{
    /// <inheritdoc/>
    public BusResponse BeforeRead(uint offset, int width, BusMaster master) => controller.BeforeRead(area, master);

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => controller.WriteArray(area, offset, width, value, master);
}
