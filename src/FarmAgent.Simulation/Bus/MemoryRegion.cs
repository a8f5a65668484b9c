namespace FarmAgent.Simulation.Bus;

/// <summary>Stands before the reads of a memory while it is not freely readable: flash that is busy or protected.</summary>
internal interface IMemoryGate
{
    /// <summary>
    /// Asked before each read. For the debugger it may spend bench time until the memory answers; for the core it calls
    /// <see cref="SystemBus.StallCore"/> instead, because the core's time is counted in the run in progress.
    /// </summary>
    BusResponse BeforeRead(uint offset, int width, BusMaster master);
}

/// <summary>Takes the writes of a memory that is not plain RAM.</summary>
internal interface IMemoryWriteHandler
{
    /// <summary>Does what the silicon does with a write, for example starts programming a half-word; may call <see cref="SystemBus.StallCore"/>.</summary>
    BusResponse Write(uint offset, int width, uint value, BusMaster master);
}

/// <summary>Holds decoded instructions of a memory and forgets them when its bytes change.</summary>
internal interface IDecodedCode
{
    /// <summary>The bytes from <paramref name="offset"/> on may have changed.</summary>
    void Invalidate(uint offset, uint length);
}

/// <summary>A memory that is a plain array of bytes, so that fetches and data reads need no call.</summary>
internal sealed class MemoryRegion
{
    private IMemoryGate? _gate;

    /// <summary>Wraps an array, which stays the owner's too: whoever changes it beside the bus calls <see cref="NoteChanged"/>.</summary>
    /// <param name="name">Name in the manual, for example <c>SRAM</c>.</param>
    /// <param name="bytes">Content; the length is a multiple of 4.</param>
    public MemoryRegion(string name, byte[] bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length % 4, 0, nameof(bytes));
        Name = name;
        Bytes = bytes;
    }

    /// <summary>Name in the manual.</summary>
    public string Name { get; }

    /// <summary>Content, little-endian.</summary>
    public byte[] Bytes { get; }

    /// <summary>Set while reads must be asked for first; null (the normal case) lets the core read the array directly.</summary>
    public IMemoryGate? Gate
    {
        get => _gate;
        set
        {
            _gate = value;
            GateChanged?.Invoke();
        }
    }

    /// <summary>Told when <see cref="Gate"/> is set or taken away: the core, which reads the array directly as long as it may.</summary>
    public Action? GateChanged { get; set; }

    /// <summary>Takes all writes; null for RAM.</summary>
    public IMemoryWriteHandler? WriteHandler { get; init; }

    /// <summary>Decoded instructions that the core keeps for this memory.</summary>
    public IDecodedCode? DecodedCode { get; set; }

    /// <summary>Says that bytes were changed directly in <see cref="Bytes"/>.</summary>
    public void NoteChanged(uint offset, uint length) => DecodedCode?.Invalidate(offset, length);
}
