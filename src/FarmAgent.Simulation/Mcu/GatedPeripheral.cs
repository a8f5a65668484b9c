using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>A peripheral behind a clock gate of RCC: without its clock it reads 0 and takes no writes.</summary>
internal abstract class GatedPeripheral(string name, NoticeBoard notices, NarrowWrite narrowWrite = NarrowWrite.Replicate) : IBusPeripheral
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>The gate; null until the chip has connected it.</summary>
    public ClockGate? Gate { get; set; }

    /// <summary>True while the peripheral has its clock and is not held in reset.</summary>
    public bool IsClocked => Gate?.IsRunning ?? true;

    protected NoticeBoard Notices { get; } = notices;

    protected RegisterMap Map { get; } = new(name, notices, narrowWrite);

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value)
    {
        if (IsClocked)
        {
            return Map.Read(offset, width, out value);
        }

        value = 0;
        Notices.Add(Name, "was read without its clock, or while held in reset: it reads 0");
        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master)
    {
        if (IsClocked)
        {
            return Map.Write(offset, width, value);
        }

        Notices.Add(Name, "was written without its clock, or while held in reset: the write has no effect");
        return BusResponse.Okay;
    }

    /// <summary>A register's stored value, without the side effects of a read.</summary>
    public uint Peek(uint offset) => Map.Find(offset)!.Value;

    /// <inheritdoc/>
    public virtual void Reset(bool powerOn) => Map.Reset(powerOn);
}
