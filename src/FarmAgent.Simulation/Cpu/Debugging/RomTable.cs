using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu.Debugging;

/// <summary>The ROM table at 0xE00FF000, by which a debugger finds the components (RM0008 section 31.6.3).</summary>
internal sealed class RomTable(ComponentIdentity identity) : IBusPeripheral
{
    // Offsets from the table: SCS, DWT, FPB, ITM, TPIU, and ETM, which is marked absent.
    private static readonly uint[] Entries = [0xFFF0_F003, 0xFFF0_2003, 0xFFF0_3003, 0xFFF0_1003, 0xFFF4_1003, 0xFFF4_2002, 0];

    /// <inheritdoc/>
    public string Name => "ROM table";

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value)
    {
        value = offset / 4 < Entries.Length ? Entries[offset / 4] : offset == 0xFCC ? 1 : identity.Read(offset);
        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => BusResponse.Okay;

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        // It only reads.
    }
}
