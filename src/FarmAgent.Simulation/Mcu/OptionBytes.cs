namespace FarmAgent.Simulation.Mcu;

/// <summary>The eight option half-words and what they mean (PM0075 section 2.6). A value counts only with its complement above it.</summary>
internal sealed class OptionBytes
{
    public const int Size = 16;
    public const byte NoReadProtection = 0xA5;

    private const int ReadProtection = 0;
    private const int User = 2;
    private const int Data0 = 4;
    private const int Data1 = 6;
    private const int WriteProtection = 8;

    public OptionBytes()
    {
        // As delivered: no protection, everything else erased.
        Cells.Program(ReadProtection, WithComplement(NoReadProtection));
        for (var offset = User; offset < Size; offset += 2)
        {
            Cells.Program(offset, WithComplement(0xFF));
        }
    }

    public NorFlashArray Cells { get; } = new(Size, Size);

    /// <summary>FLASH_OBR as a reset loads it.</summary>
    public uint LoadOptionRegister()
    {
        var error = false;
        for (var offset = 0; offset < Size; offset += 2)
        {
            error |= !IsValid(offset);
        }

        var isProtected = Value(ReadProtection) != NoReadProtection;
        return (error ? 1u : 0) | (isProtected ? 2u : 0) | ((Value(User) & 7u) << 2) | 0x3E0u
            | ((uint)Value(Data0) << 10) | ((uint)Value(Data1) << 18);
    }

    /// <summary>FLASH_WRPR as a reset loads it: bit i is 0 for protected pages 4i to 4i+3.</summary>
    public uint LoadWriteProtection()
    {
        var register = 0u;
        for (var index = 0; index < 4; index++)
        {
            register |= (uint)Value(WriteProtection + (2 * index)) << (8 * index);
        }

        return register;
    }

    /// <summary>The half-word that programming a byte makes: hardware adds the complement.</summary>
    public static ushort WithComplement(byte value) => (ushort)(value | ((byte)~value << 8));

    private bool IsValid(int offset) => Cells.Read(offset) == WithComplement((byte)Cells.Read(offset));

    /// <summary>A byte without its complement reads as erased.</summary>
    private byte Value(int offset) => IsValid(offset) ? (byte)Cells.Read(offset) : (byte)0xFF;
}
