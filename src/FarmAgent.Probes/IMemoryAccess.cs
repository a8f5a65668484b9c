namespace FarmAgent.Probes;

/// <summary>
/// The target's memory as the debugger sees it. Every access is checked: a method that returns has done its work, one that throws says
/// where it stopped. Accesses that the bus delays are repeated with growing pauses before they fail.
/// </summary>
public interface IMemoryAccess
{
    /// <summary>Reads one aligned 32-bit word in a single access.</summary>
    /// <param name="address">Address, a multiple of 4.</param>
    /// <exception cref="MemoryFaultException">The bus refused.</exception>
    uint ReadWord(uint address);

    /// <summary>Writes one aligned 32-bit word in a single access.</summary>
    /// <param name="address">Address, a multiple of 4.</param>
    /// <param name="value">Value to write.</param>
    /// <exception cref="MemoryFaultException">The bus refused.</exception>
    void WriteWord(uint address, uint value);

    /// <summary>Reads one aligned half-word as a single 16-bit access.</summary>
    /// <param name="address">Address, a multiple of 2.</param>
    /// <exception cref="MemoryFaultException">The bus refused.</exception>
    ushort ReadHalfWord(uint address);

    /// <summary>Writes one aligned half-word as a single 16-bit access.</summary>
    /// <param name="address">Address, a multiple of 2.</param>
    /// <param name="value">Value to write.</param>
    /// <exception cref="MemoryFaultException">The bus refused.</exception>
    void WriteHalfWord(uint address, ushort value);

    /// <summary>Reads a range of any address and length: words where aligned, single bytes at the ends.</summary>
    /// <param name="address">First address.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <exception cref="MemoryFaultException">The bus refused.</exception>
    void Read(uint address, Span<byte> buffer);

    /// <summary>Writes a range of any address and length: words where aligned, single bytes at the ends.</summary>
    /// <param name="address">First address.</param>
    /// <param name="data">Bytes to write.</param>
    /// <exception cref="MemoryFaultException">The bus refused.</exception>
    void Write(uint address, ReadOnlySpan<byte> data);

    /// <summary>
    /// Accesses words one after another, each as a single access, by as few commands as the probe can. Where something fails on the way the later ones
    /// may have been done all the same, and all of them are done again where that may help: so their order must do no harm twice.
    /// </summary>
    /// <param name="accesses">What to access.</param>
    /// <returns>For each access the value that was read, or 0 for a write.</returns>
    /// <exception cref="MemoryFaultException">The bus refused one of them.</exception>
    uint[] Access(params ReadOnlySpan<WordAccess> accesses)
    {
        var values = new uint[accesses.Length];
        for (var i = 0; i < accesses.Length; i++)
        {
            if (accesses[i].Written is { } value)
            {
                WriteWord(accesses[i].Address, value);
            }
            else
            {
                values[i] = ReadWord(accesses[i].Address);
            }
        }

        return values;
    }
}
