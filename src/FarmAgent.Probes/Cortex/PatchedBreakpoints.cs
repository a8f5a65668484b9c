using System.Buffers.Binary;

namespace FarmAgent.Probes.Cortex;

/// <summary>
/// Breakpoints in RAM, where the core's comparators do not reach: the instruction is replaced by BKPT and put back later. What they cover
/// is hidden from whoever reads or writes memory meanwhile.
/// </summary>
/// <param name="memory">The target's memory.</param>
internal sealed class PatchedBreakpoints(IMemoryAccess memory)
{
    private const ushort Bkpt = 0xBE00;
    private readonly Dictionary<uint, ushort> _originals = [];

    /// <summary>True when there is a breakpoint.</summary>
    public bool Contains(uint address) => _originals.ContainsKey(address);

    /// <summary>Sets a breakpoint; one that is there already stays.</summary>
    public void Set(uint address)
    {
        if (!_originals.ContainsKey(address))
        {
            Span<byte> code = stackalloc byte[2];
            memory.Read(address, code);
            Put(address, Bkpt);
            _originals[address] = BinaryPrimitives.ReadUInt16LittleEndian(code);
        }
    }

    /// <summary>Takes a breakpoint away; does nothing when there is none.</summary>
    public void Remove(uint address)
    {
        if (_originals.Remove(address, out var original))
        {
            Put(address, original);
        }
    }

    /// <summary>Takes all away.</summary>
    public void Clear()
    {
        foreach (var address in _originals.Keys.ToList())
        {
            Remove(address);
        }
    }

    /// <summary>Shows the replaced instructions in a copy of memory.</summary>
    /// <param name="address">Address of the first byte.</param>
    /// <param name="copy">What was read.</param>
    public void Hide(uint address, Span<byte> copy)
    {
        Span<byte> code = stackalloc byte[2];
        foreach (var (at, original) in _originals)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(code, original);
            for (var index = 0u; index < 2; index++)
            {
                var offset = at + index - address;
                if (offset < copy.Length)
                {
                    copy[(int)offset] = code[(int)index];
                }
            }
        }
    }

    /// <summary>Sets those again that a write has covered; their new instructions are what was written.</summary>
    /// <param name="address">First address that was written.</param>
    /// <param name="length">Bytes that were.</param>
    public void Overwritten(uint address, int length)
    {
        foreach (var at in _originals.Keys.Where(a => a + 2L > address && a < address + (long)length).ToList())
        {
            _originals.Remove(at);
            Set(at);
        }
    }

    private void Put(uint address, ushort code)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, code);
        memory.Write(address, bytes);
    }
}
