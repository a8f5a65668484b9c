namespace FarmAgent.Simulation.Proof.Encodings;

/// <summary>
/// The encodings of ARMv7-M that a Cortex-M3 has, declared once from ARM DDI 0403, chapter A5 (encoding space), chapter A7 (rules of each
/// instruction) and section B5.2 (system instructions). This is a second reading of the manual: the interpreter's decoder knows nothing of it.
/// </summary>
internal static partial class EncodingTable
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Encoding> All { get; } =
    [
        .. ShiftAddMove(), .. DataProcessing16(), .. Special16(), .. Transfers16(), .. Miscellaneous16(), .. Branches16(),
        .. ModifiedImmediate(), .. PlainImmediate(), .. ShiftedRegister(), .. RegisterProcessing(), .. Multiplications(), .. Control32(),
        .. Multiple32(), .. Dual32(), .. Single32(), .. Coprocessor(),
    ];

    /// <summary>The encoding of an instruction; null if the manual leaves the space undefined.</summary>
    /// <param name="code">16 bits, or 32 with the first half-word on top.</param>
    /// <param name="wide">True for 32 bits.</param>
    public static Encoding? Find(uint code, bool wide) =>
        All.FirstOrDefault(encoding => encoding.IsWide == wide && encoding.Matches(code) && !encoding.Elsewhere(encoding.Decode(code)));

    private static Encoding Row(string name, string section, string pattern) => new(name, section, pattern.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static int Signed(uint value, int bits) => (int)(value << (32 - bits)) >> (32 - bits);

    private static int Bits(uint value) => System.Numerics.BitOperations.PopCount(value);
}
