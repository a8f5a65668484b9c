namespace FarmAgent.Simulation.Bus;

/// <summary>Who makes an access: it decides about protection, and about who is told of an error.</summary>
internal enum BusMaster
{
    /// <summary>Data access of the core.</summary>
    Core,

    /// <summary>Instruction fetch of the core.</summary>
    Fetch,

    /// <summary>The debugger's AHB-AP.</summary>
    Debugger,

    /// <summary>The DMA controller: nobody to be stalled, an error is a flag of its channel.</summary>
    Dma,
}

/// <summary>How an access ended on the bus.</summary>
internal enum BusResponse
{
    /// <summary>Done.</summary>
    Okay,

    /// <summary>Nobody answers there, or the slave refused: a bus fault for the core, a sticky error for the debugger.</summary>
    Error,
}

/// <summary>A slave on the system bus. Offsets are relative to where it is mapped; widths are 1, 2 or 4 bytes, values are right-aligned.</summary>
internal interface IBusPeripheral
{
    /// <summary>Name in the manual, for example <c>USART1</c>; used in logs of unmodelled accesses.</summary>
    string Name { get; }

    /// <summary>Reads with all side effects of the silicon.</summary>
    BusResponse Read(uint offset, int width, BusMaster master, out uint value);

    /// <summary>Writes with all side effects of the silicon.</summary>
    BusResponse Write(uint offset, int width, uint value, BusMaster master);

    /// <summary>Goes to the reset state (system reset; what only a power-on reset clears stays).</summary>
    /// <param name="powerOn">True for a power-on reset.</param>
    void Reset(bool powerOn);
}
