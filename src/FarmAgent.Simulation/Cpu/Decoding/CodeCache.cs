using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>Decoded instructions of one memory, one entry for each half-word; an entry is filled when it is first executed.</summary>
internal sealed class CodeCache : IDecodedCode
{
    private const int BlockShift = 6;
    private readonly Instruction[] _entries;
    private readonly bool[] _blocks;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="size">Bytes of the memory.</param>
    public CodeCache(int size)
    {
        _entries = new Instruction[size / 2];
        _blocks = new bool[(size >> BlockShift) + 1];
    }

    /// <summary>Entries by half-word offset.</summary>
    public Instruction[] Entries => _entries;

    /// <summary>Stores an instruction and remembers that its block holds code.</summary>
    public void Fill(uint offset, in Instruction instruction)
    {
        _entries[offset >> 1] = instruction;
        _blocks[offset >> BlockShift] = true;
    }

    /// <inheritdoc/>
    public void Invalidate(uint offset, uint length)
    {
        // A 32-bit instruction may start one half-word before the changed bytes.
        var start = offset < 2 ? 0 : offset - 2;
        var end = offset + length - 1;
        for (var block = start >> BlockShift; block <= end >> BlockShift; block++)
        {
            if (_blocks[block])
            {
                Drop(block);
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_entries);
        Array.Clear(_blocks);
    }

    private void Drop(uint block)
    {
        _blocks[block] = false;
        var first = (int)(block << (BlockShift - 1));
        Array.Clear(_entries, first, Math.Min(1 << (BlockShift - 1), _entries.Length - first));
    }
}
