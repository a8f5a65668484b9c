using System.Globalization;

namespace FarmAgent.Simulation.Proof.Encodings;

/// <summary>Where in an IT block an instruction may be.</summary>
internal enum BlockUse
{
    Anywhere,
    OnlyLast,
    Never,
}

/// <summary>Decides about the fields of an encoding.</summary>
internal delegate bool FieldRule(FieldValues fields);

/// <summary>The address of a load or store: base register + offset + (index register &lt;&lt; shift).</summary>
/// <param name="Base">Base register.</param>
/// <param name="Offset">Signed offset.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Index">Index register, or -1.</param>
/// <param name="Shift">Shift of the index.</param>
/// <param name="Loaded">Register that the word at the end of the access goes to if it is SP (13) or PC (15), otherwise -1.</param>
internal readonly record struct AccessShape(int Base, long Offset, int Size, int Index = -1, int Shift = 0, int Loaded = -1);

/// <summary>One encoding of the manual.</summary>
/// <param name="Name">Instruction and encoding, for example <c>ADD (register) T2</c>.</param>
/// <param name="Section">Section of ARM DDI 0403 that has its place in the encoding space.</param>
/// <param name="Pattern">Bits from the most significant one on: 0, 1, or the letter of a field. Letters of one field are joined in order.</param>
internal sealed record Encoding(string Name, string Section, string Pattern)
{
    public BlockUse InBlock { get; init; }

    /// <summary>True for fields that make it another instruction.</summary>
    public FieldRule Elsewhere { get; init; } = _ => false;

    /// <summary>True for fields that are UNPREDICTABLE.</summary>
    public FieldRule Unpredictable { get; init; } = _ => false;

    /// <summary>The manual's words for <see cref="Unpredictable"/>, as a rule.</summary>
    public string Rule { get; init; } = string.Empty;

    /// <summary>Address of a load or store.</summary>
    public Func<FieldValues, AccessShape>? Access { get; init; }

    /// <summary>Distance of a relative branch from the address of the instruction + 4.</summary>
    public Func<FieldValues, int>? Distance { get; init; }

    /// <summary>Register whose value is a branch target.</summary>
    public Func<FieldValues, int>? TargetRegister { get; init; }

    /// <summary>Sets operands that the random ones would not do for.</summary>
    public Action<Cases.CaseOperands>? Operands { get; init; }

    /// <summary>Bytes around the code that a branch of it may reach.</summary>
    public int Reach { get; init; }

    /// <summary>True for a 32-bit encoding.</summary>
    public bool IsWide => Pattern.Length == 32;

    private uint Mask { get; } = BitsOf(Pattern, '0') | BitsOf(Pattern, '1');

    private uint Ones { get; } = BitsOf(Pattern, '1');

    /// <summary>True if the instruction has the pattern, whatever its fields.</summary>
    public bool Matches(uint code) => (code & Mask) == Ones;

    /// <summary>Takes an instruction apart.</summary>
    public FieldValues Decode(uint code)
    {
        var fields = new FieldValues();
        for (var index = 0; index < Pattern.Length; index++)
        {
            var letter = Pattern[index];
            if (letter is not ('0' or '1'))
            {
                fields[letter] = (fields[letter] << 1) | ((code >> (Pattern.Length - 1 - index)) & 1);
            }
        }

        return fields;
    }

    /// <summary>Puts an instruction together.</summary>
    public uint Encode(FieldValues fields)
    {
        Span<int> left = stackalloc int[128];
        var code = 0u;
        for (var index = Pattern.Length - 1; index >= 0; index--)
        {
            var letter = Pattern[index];
            var bit = letter switch
            {
                '0' => 0u,
                '1' => 1u,
                _ => (fields[letter] >> left[letter]++) & 1,
            };
            code |= bit << (Pattern.Length - 1 - index);
        }

        return code;
    }

    /// <summary>Letters of the pattern with their widths.</summary>
    public IReadOnlyList<(char Letter, int Width)> Fields { get; } =
        [.. Pattern.Where(letter => letter is not ('0' or '1')).GroupBy(letter => letter).Select(group => (group.Key, group.Count()))];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Section})");

    private static uint BitsOf(string pattern, char wanted)
    {
        var bits = 0u;
        foreach (var letter in pattern)
        {
            bits = (bits << 1) | (letter == wanted ? 1u : 0);
        }

        return bits;
    }
}
