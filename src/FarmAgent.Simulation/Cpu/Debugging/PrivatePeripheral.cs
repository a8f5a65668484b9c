using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu.Debugging;

/// <summary>Reads a word-wide register space.</summary>
internal delegate uint WordRead(uint offset, BusMaster master);

/// <summary>Writes a word-wide register space; the mask has ones in the lanes that are written.</summary>
internal delegate void WordWrite(uint offset, uint value, uint lanes, BusMaster master);

/// <summary>A register space of the core itself, with narrow accesses turned into lanes of words.</summary>
internal sealed class PrivatePeripheral(string name, WordRead read, WordWrite write) : IBusPeripheral
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value)
    {
        value = (read(offset & ~3u, master) >> Shift(offset)) & Lanes(width);
        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master)
    {
        var lanes = Lanes(width);
        write(offset & ~3u, (value & lanes) << Shift(offset), lanes << Shift(offset), master);
        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        // The core resets its own registers.
    }

    private static int Shift(uint offset) => (int)(offset & 3) * 8;

    private static uint Lanes(int width) => width == 4 ? uint.MaxValue : (1u << (width * 8)) - 1;
}
