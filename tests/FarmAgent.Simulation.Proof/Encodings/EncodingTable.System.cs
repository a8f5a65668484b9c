namespace FarmAgent.Simulation.Proof.Encodings;

/// <summary>32-bit branches, hints, special registers and coprocessor instructions, sections A5.3.4, A5.3.18 and B5.2.</summary>
internal static partial class EncodingTable
{
    private const string LastInBlock = "not the last of an IT block";

    private static bool IsSpecialRegister(uint number) => number is <= 3 or (>= 5 and <= 9) or (>= 16 and <= 20);

    private static int WideDistance(FieldValues f)
    {
        var sign = f['s'];
        return Signed((sign << 24) | ((~(f['j'] ^ sign) & 1) << 23) | ((~(f['k'] ^ sign) & 1) << 22) | (f['i'] << 1), 25);
    }

    private static IEnumerable<Encoding> Control32() =>
    [
        Row("B T3", "A5.3.4", "11110scccciiiiii10j0kiiiiiiiiiii") with
        {
            InBlock = BlockUse.Never, Rule = "in an IT block", Elsewhere = f => f['c'] >= 14,
            Distance = f => Signed((f['s'] << 20) | (f['k'] << 19) | (f['j'] << 18) | (f['i'] << 1), 21),
        },
        Row("B T4", "A5.3.4", "11110siiiiiiiiii10j1kiiiiiiiiiii") with { InBlock = BlockUse.OnlyLast, Rule = LastInBlock, Distance = WideDistance },
        Row("BL", "A5.3.4", "11110siiiiiiiiii11j1kiiiiiiiiiii") with { InBlock = BlockUse.OnlyLast, Rule = LastInBlock, Distance = WideDistance },
        Row("MSR", "B5.2.3", "111100111000nnnn1000mm00rrrrrrrr") with
        {
            Unpredictable = f => f['m'] != 2 || f.IsSpecial('n') || !IsSpecialRegister(f['r']),
            Rule = "n in {13, 15}; SYSm not in {0..3, 5..9, 16..20}; mask other than 10 without the DSP extension",
            Operands = o => { if (o.Fields['r'] is 9) { o.Set(o.Fields['n'], o.Stack()); } },
        },
        Row("MRS", "B5.2.2", "11110011111011111000ddddrrrrrrrr") with
        {
            Unpredictable = f => f.IsSpecial('d') || !IsSpecialRegister(f['r']), Rule = "d in {13, 15}; SYSm not in {0..3, 5..9, 16..20}",
        },
        Row("NOP T2", "A5.3.4", "11110011101011111000000000000000"),
        Row("YIELD T2", "A5.3.4", "11110011101011111000000000000001"),
        Row("WFE T2", "A5.3.4", "11110011101011111000000000000010"),
        Row("WFI T2", "A5.3.4", "11110011101011111000000000000011") with { Operands = o => o.PendMasked() },
        Row("SEV T2", "A5.3.4", "11110011101011111000000000000100"),
        Row("DBG", "A5.3.4", "1111001110101111100000001111oooo"),
        Row("hint T2 without a meaning", "A5.3.4", "111100111010111110000000hhhhhhhh") with { Elsewhere = f => f['h'] is < 5 or >= 0xF0 },
        Row("CLREX", "A5.3.4", "11110011101111111000111100101111"),
        Row("DSB", "A5.3.4", "1111001110111111100011110100oooo"),
        Row("DMB", "A5.3.4", "1111001110111111100011110101oooo"),
        Row("ISB", "A5.3.4", "1111001110111111100011110110oooo"),
        Row("UDF T2", "A5.3.4", "111101111111iiii1010iiiiiiiiiiii"),
    ];

    /// <summary>A Cortex-M3 has no coprocessor: each of them is a UsageFault with NOCP (section A7.7, B1.5.14).</summary>
    private static IEnumerable<Encoding> Coprocessor()
    {
        foreach (var (name, last) in ((string, char)[])[(string.Empty, '0'), ("2", '1')])
        {
            var prefix = $"111{last}11";
            yield return Row($"CDP{name}", "A5.3.18", $"{prefix}10oooonnnnddddcccceee0mmmm");
            yield return Row($"MCR{name}", "A5.3.18", $"{prefix}10ooo0nnnnttttcccceee1mmmm");
            yield return Row($"MRC{name}", "A5.3.18", $"{prefix}10ooo1nnnnttttcccceee1mmmm");
            yield return Row($"MCRR{name}", "A5.3.18", $"{prefix}000100uuuuttttcccceeeemmmm");
            yield return Row($"MRRC{name}", "A5.3.18", $"{prefix}000101uuuuttttcccceeeemmmm");
            yield return Row($"STC{name}", "A5.3.18", $"{prefix}0pudw0nnnnddddcccciiiiiiii") with { Elsewhere = f => (f['p'] | f['u'] | f['w']) == 0 };
            yield return Row($"LDC{name}", "A5.3.18", $"{prefix}0pudw1nnnnddddcccciiiiiiii") with { Elsewhere = f => (f['p'] | f['u'] | f['w']) == 0 };
        }
    }
}
