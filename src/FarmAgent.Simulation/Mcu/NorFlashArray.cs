namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// Flash cells: erased they read 1, programming only makes 1 to 0. What an operation that was broken off leaves is undefined on silicon; here
/// it is a pattern that depends on the address alone, so that runs repeat.
/// </summary>
internal sealed class NorFlashArray
{
    public const ushort Erased = 0xFFFF;

    public NorFlashArray(int size, int pageSize)
    {
        Bytes = new byte[size];
        PageSize = pageSize;
        Bytes.AsSpan().Fill(0xFF);
    }

    public byte[] Bytes { get; }

    /// <summary>The smallest part that can be erased; the manual's page.</summary>
    public int PageSize { get; }

    public ushort Read(int offset) => (ushort)(Bytes[offset] | (Bytes[offset + 1] << 8));

    /// <summary>Programs a half-word: cells that are 0 stay 0.</summary>
    public void Program(int offset, ushort value)
    {
        Bytes[offset] &= (byte)value;
        Bytes[offset + 1] &= (byte)(value >> 8);
    }

    /// <summary>Programming was broken off: some of the cells have changed.</summary>
    public void ProgramPartly(int offset, ushort value) => Program(offset, (ushort)(value | Noise(offset)));

    public void Erase(int start, int length) => Bytes.AsSpan(start, length).Fill(0xFF);

    /// <summary>Erasing was broken off: some of the cells have changed.</summary>
    public void ErasePartly(int start, int length)
    {
        for (var offset = start; offset < start + length; offset += 2)
        {
            var noise = Noise(offset);
            Bytes[offset] |= (byte)noise;
            Bytes[offset + 1] |= (byte)(noise >> 8);
        }
    }

    /// <summary>Mixes an address into 16 bits that look like chance (the multiplier is the golden ratio of 2^32).</summary>
    private static ushort Noise(int offset) => (ushort)((((uint)offset >> 1) * 0x9E37_79B1u) >> 13);
}
