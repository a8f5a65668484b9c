using System.Buffers.Binary;

namespace FarmAgent.Simulation.Bus;

/// <summary>
/// The bus matrix: finds who answers an address, for the core and for the debugger. Accesses are naturally aligned; the core splits others.
/// </summary>
internal sealed class SystemBus
{
    private readonly List<BusMapping> _mappings = [];
    private BusMapping _bootAlias = BusMapping.Nothing;
    private BusMapping _lastHit = BusMapping.Nothing;
    private readonly List<Action> _mapWatchers = [];
    private long _stallCycles;

    /// <summary>Everything mapped, in the order of addresses, without the boot alias.</summary>
    public IReadOnlyList<BusMapping> Mappings => _mappings;

    /// <summary>True while the debugger gets an error for every access: the bus has no clock.</summary>
    public bool ShutsDebuggerOut { get; set; }

    /// <summary>Asks to be told of each change of the map: whoever keeps a <see cref="BusMapping"/> looks it up again.</summary>
    public void WhenMapChanges(Action changed) => _mapWatchers.Add(changed);

    /// <summary>Maps a memory.</summary>
    /// <exception cref="ArgumentException">The range is taken: a mistake in the chip's description.</exception>
    public void MapMemory(uint start, MemoryRegion memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Add(new BusMapping(start, (uint)memory.Bytes.Length, memory, null), memory.Name);
    }

    /// <summary>Maps a peripheral; its offsets count from <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentException">The range is taken: a mistake in the chip's description.</exception>
    public void MapPeripheral(uint start, uint size, IBusPeripheral peripheral)
    {
        ArgumentNullException.ThrowIfNull(peripheral);
        Add(new BusMapping(start, size, null, peripheral), peripheral.Name);
    }

    /// <summary>Chooses the memory seen at address 0 (the BOOT pins do, RM0008 section 3.4).</summary>
    public void SetBootAlias(MemoryRegion memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _bootAlias = new BusMapping(0, (uint)memory.Bytes.Length, memory, null);
        TellMapChanged();
    }

    /// <summary>Resets every mapped peripheral once, in the order of addresses.</summary>
    public void ResetPeripherals(bool powerOn)
    {
        foreach (var peripheral in _mappings.Select(m => m.Peripheral).OfType<IBusPeripheral>().Distinct())
        {
            peripheral.Reset(powerOn);
        }
    }

    /// <summary>Finds who answers at an address; null where nobody does.</summary>
    public BusMapping? Find(uint address)
    {
        if (_lastHit.Contains(address))
        {
            return _lastHit;
        }

        if (_bootAlias.Contains(address))
        {
            return _lastHit = _bootAlias;
        }

        var low = 0;
        var high = _mappings.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var mapping = _mappings[middle];
            if (mapping.Contains(address))
            {
                return _lastHit = mapping;
            }

            (low, high) = mapping.Start < address ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Reads 1, 2 or 4 bytes at an aligned address.</summary>
    public BusResponse Read(uint address, int width, BusMaster master, out uint value)
    {
        if (ShutsDebuggerOut && master == BusMaster.Debugger)
        {
            value = 0;
            return BusResponse.Error;
        }

        if (Find(address) is not { } mapping)
        {
            if (BitBand.TryResolve(address, width, out var word, out var bit) && master != BusMaster.Fetch)
            {
                var response = Read(word, width, master, out value);
                value = (value >> bit) & 1;
                return response;
            }

            value = 0;
            return BusResponse.Error;
        }

        var offset = address - mapping.Start;
        if (mapping.Memory is not { } memory)
        {
            return mapping.Peripheral!.Read(offset, width, master, out value);
        }

        if (memory.Gate?.BeforeRead(offset, width, master) is BusResponse.Error)
        {
            value = 0;
            return BusResponse.Error;
        }

        value = Load(memory.Bytes, offset, width);
        return BusResponse.Okay;
    }

    /// <summary>Writes 1, 2 or 4 bytes at an aligned address.</summary>
    public BusResponse Write(uint address, int width, uint value, BusMaster master)
    {
        if (ShutsDebuggerOut && master == BusMaster.Debugger)
        {
            return BusResponse.Error;
        }

        if (Find(address) is not { } mapping)
        {
            return BitBand.TryResolve(address, width, out var word, out var bit) ? WriteBit(word, width, bit, value, master) : BusResponse.Error;
        }

        var offset = address - mapping.Start;
        if (mapping.Memory is not { } memory)
        {
            return mapping.Peripheral!.Write(offset, width, value, master);
        }

        if (memory.WriteHandler is { } handler)
        {
            return handler.Write(offset, width, value, master);
        }

        Store(memory.Bytes, offset, width, value);
        memory.NoteChanged(offset, (uint)width);
        return BusResponse.Okay;
    }

    /// <summary>
    /// Called by a slave during an access of the core: the access is not done, and the core repeats it after so many of its cycles. Whatever
    /// the slave returns is dropped. Not for accesses of the debugger, who spend bench time directly.
    /// </summary>
    /// <param name="cycles">Core clock cycles to wait, at least 1.</param>
    public void StallCore(long cycles) => _stallCycles = Math.Max(_stallCycles, Math.Max(1, cycles));

    /// <summary>What <see cref="StallCore"/> asked for since the last call; 0 if nothing.</summary>
    public long TakeStall()
    {
        var cycles = _stallCycles;
        _stallCycles = 0;
        return cycles;
    }

    private static uint Load(byte[] bytes, uint offset, int width) => width switch
    {
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)offset)),
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)offset)),
        _ => bytes[offset],
    };

    private static void Store(byte[] bytes, uint offset, int width, uint value)
    {
        switch (width)
        {
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan((int)offset), value);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((int)offset), (ushort)value);
                break;
            default:
                bytes[offset] = (byte)value;
                break;
        }
    }

    private BusResponse WriteBit(uint word, int width, int bit, uint value, BusMaster master)
    {
        if (Read(word, width, master, out var old) == BusResponse.Error)
        {
            return BusResponse.Error;
        }

        return Write(word, width, (old & ~(1u << bit)) | ((value & 1) << bit), master);
    }

    private void TellMapChanged()
    {
        _lastHit = BusMapping.Nothing;
        foreach (var changed in _mapWatchers)
        {
            changed();
        }
    }

    private void Add(BusMapping mapping, string name)
    {
        ArgumentOutOfRangeException.ThrowIfZero(mapping.Size, nameof(mapping));
        foreach (var other in _mappings)
        {
            if (mapping.Contains(other.Start) || other.Contains(mapping.Start))
            {
                throw new ArgumentException(
                    $"{name} at 0x{mapping.Start:X8} overlaps {other.Memory?.Name ?? other.Peripheral?.Name} at 0x{other.Start:X8}; map each address once.",
                    nameof(mapping));
            }
        }

        var index = _mappings.FindIndex(m => m.Start > mapping.Start);
        _mappings.Insert(index < 0 ? _mappings.Count : index, mapping);
        TellMapChanged();
    }
}
