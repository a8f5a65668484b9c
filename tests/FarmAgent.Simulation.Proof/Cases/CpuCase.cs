namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>One case: code and the state from which it starts in thread mode.</summary>
internal sealed class CpuCase
{
    /// <summary>Name of what it tries, for the report.</summary>
    public required string Name { get; init; }

    /// <summary>Half-words; whatever follows them is SVC.</summary>
    public List<ushort> Code { get; } = [];

    /// <summary>Where the code is; given by the batch before the operands are made.</summary>
    public uint Address { get; set; }

    /// <summary>R0 to R14; R13 is the process stack pointer.</summary>
    public uint[] Registers { get; } = new uint[15];

    /// <summary>APSR and, where wanted, the IT bits.</summary>
    public uint Status { get; set; }

    public uint ConfigurationControl { get; set; }

    public uint Control { get; set; }

    public uint PriorityMask { get; set; }

    public uint BasePriority { get; set; }

    /// <summary>A word of memory set before the case; none while the address is 0.</summary>
    public uint PokeAddress { get; set; }

    public uint PokeValue { get; set; }

    /// <summary>Bits 18:16 of SHCSR: which faults have handlers of their own.</summary>
    public uint FaultEnables { get; set; }

    /// <summary>Written to ICSR just before the start.</summary>
    public uint Pend { get; set; }

    public void Write(Span<byte> record)
    {
        Span<uint> words =
        [
            Registers[4], Registers[5], Registers[6], Registers[7], Registers[8], Registers[9], Registers[10], Registers[11],
            Registers[0], Registers[1], Registers[2], Registers[3], Registers[12], Registers[14], Address, Status | (1u << 24),
            Registers[13], ConfigurationControl, Control, PriorityMask, BasePriority, PokeAddress, PokeValue, FaultEnables, Pend, 0,
        ];
        for (var index = 0; index < words.Length; index++)
        {
            BitConverter.TryWriteBytes(record[(index * 4)..], words[index]);
        }
    }
}
