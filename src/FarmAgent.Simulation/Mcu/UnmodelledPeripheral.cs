using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>A peripheral that the twin knows by name: its registers hold what is written, do nothing, and every access is noticed.</summary>
internal sealed class UnmodelledPeripheral : IBusPeripheral
{
    private readonly RegisterMap _map;

    /// <summary>Declares the registers by name, one word after the other; an empty name leaves a gap.</summary>
    public UnmodelledPeripheral(string name, NoticeBoard notices, params ReadOnlySpan<string> registers)
    {
        Name = name;
        _map = new RegisterMap(name, notices);
        for (var index = 0; index < registers.Length; index++)
        {
            if (registers[index].Length > 0)
            {
                _map.Tagged(registers[index], (uint)index * 4);
            }
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value) => _map.Read(offset, width, out value);

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => _map.Write(offset, width, value);

    /// <inheritdoc/>
    public void Reset(bool powerOn) => _map.Reset(powerOn);
}
