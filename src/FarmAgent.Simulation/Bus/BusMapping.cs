namespace FarmAgent.Simulation.Bus;

/// <summary>One address range of the bus: a memory or a peripheral, never both.</summary>
internal sealed class BusMapping
{
    /// <summary>A range that answers nothing; takes the place of null where speed counts.</summary>
    public static readonly BusMapping Nothing = new(0, 0, new MemoryRegion("nothing", []), null);

    /// <summary>Makes a range.</summary>
    public BusMapping(uint start, uint size, MemoryRegion? memory, IBusPeripheral? peripheral)
    {
        Start = start;
        Size = size;
        Memory = memory;
        Peripheral = peripheral;
    }

    /// <summary>First address.</summary>
    public uint Start { get; }

    /// <summary>Bytes; an address is inside when its distance from <see cref="Start"/> is smaller.</summary>
    public uint Size { get; }

    /// <summary>The memory, if it is one.</summary>
    public MemoryRegion? Memory { get; }

    /// <summary>The peripheral, if it is one.</summary>
    public IBusPeripheral? Peripheral { get; }

    /// <summary>True if the address lies in this range.</summary>
    public bool Contains(uint address) => address - Start < Size;
}
