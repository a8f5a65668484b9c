namespace FarmAgent.Simulation.Proof.Encodings;

/// <summary>32-bit data processing, sections A5.3.1, A5.3.3 and A5.3.11 to A5.3.17.</summary>
internal static partial class EncodingTable
{
    private const string ZeroByte = "a replicated byte of 0 (section A5.3.2)";

    private static bool ReplicatesZero(FieldValues f) => f['i'] < 0x400 && f['i'] >= 0x100 && (f['i'] & 0xFF) == 0;

    private static IEnumerable<Encoding> ModifiedImmediate()
    {
        // Pairs of the general form and, where Rd or Rn is 15, of the form without result or without first operand.
        Encoding General(string name, uint op) => Row($"{name} (immediate)", "A5.3.1", $"11110i0{op:b4}snnnn0iiiddddiiiiiiii") with
        {
            Unpredictable = f => ReplicatesZero(f) || f.AnySpecial("dn"),
            Rule = $"d or n in {{13, 15}}; {ZeroByte}",
        };

        Encoding Compare(string name, uint op, bool stack) => Row($"{name} (immediate)", "A5.3.1", $"11110i0{op:b4}1nnnn0iii1111iiiiiiii") with
        {
            Unpredictable = f => ReplicatesZero(f) || f['n'] == 15 || (!stack && f['n'] == 13),
            Rule = $"n == 15{(stack ? string.Empty : ", n == 13")}; {ZeroByte}",
        };

        Encoding Move(string name, uint op) => Row($"{name} (immediate)", "A5.3.1", $"11110i0{op:b4}s11110iiiddddiiiiiiii") with
        {
            Unpredictable = f => ReplicatesZero(f) || f.IsSpecial('d'),
            Rule = $"d in {{13, 15}}; {ZeroByte}",
        };

        Encoding Sum(string name, uint op) => Row($"{name} (immediate) T3", "A5.3.1", $"11110i0{op:b4}snnnn0iiiddddiiiiiiii") with
        {
            Elsewhere = f => (f['d'] == 15 && f['s'] == 1) || f['n'] == 13,
            Unpredictable = f => ReplicatesZero(f) || f.IsSpecial('d') || f['n'] == 15,
            Rule = $"d == 13, d == 15 && S == 0, n == 15; {ZeroByte}",
        };

        Encoding Stack(string name, uint op) => Row(name, "A5.3.1", $"11110i0{op:b4}s11010iiiddddiiiiiiii") with
        {
            Elsewhere = f => f['d'] == 15 && f['s'] == 1,
            Unpredictable = f => ReplicatesZero(f) || f['d'] == 15 || (f['d'] == 13 && (f['i'] > 0x7C || f['i'] % 4 != 0)),
            Rule = $"d == 15 && S == 0; {ZeroByte}; to SP only small multiples of 4: bits 1:0 are SBZP (section A5.1.3), and the exception that ends a case needs a stack",
        };

        Encoding Logical(string name, uint op) => General(name, op) with { Elsewhere = f => f['d'] == 15 && f['s'] == 1 };
        Encoding OrNot(string name, uint op) => General(name, op) with { Elsewhere = f => f['n'] == 15 };

        return
        [
            Logical("AND", 0), Compare("TST", 0, stack: false), General("BIC", 1), OrNot("ORR", 2), Move("MOV T2", 2), OrNot("ORN", 3), Move("MVN", 3),
            Logical("EOR", 4), Compare("TEQ", 4, stack: false), Sum("ADD", 8), Stack("ADD (SP plus immediate) T3", 8), Compare("CMN", 8, stack: true),
            General("ADC", 10), General("SBC", 11), Sum("SUB", 13), Stack("SUB (SP minus immediate) T2", 13), Compare("CMP T2", 13, stack: true), General("RSB", 14),
        ];
    }

    private static IEnumerable<Encoding> PlainImmediate() =>
    [
        Row("ADD (immediate) T4", "A5.3.3", "11110i100000nnnn0iiiddddiiiiiiii") with
        {
            Elsewhere = f => f['n'] is 13 or 15, Unpredictable = f => f.IsSpecial('d'), Rule = "d in {13, 15}",
        },
        Row("ADD (SP plus immediate) T4", "A5.3.3", "11110i10000011010iiiddddiiiiiiii") with
        {
            Unpredictable = f => f['d'] == 15 || (f['d'] == 13 && f['i'] % 4 != 0), Rule = "d == 15; to SP only multiples of 4 (section A5.1.3)",
        },
        Row("SUB (immediate) T4", "A5.3.3", "11110i101010nnnn0iiiddddiiiiiiii") with
        {
            Elsewhere = f => f['n'] is 13 or 15, Unpredictable = f => f.IsSpecial('d'), Rule = "d in {13, 15}",
        },
        Row("SUB (SP minus immediate) T3", "A5.3.3", "11110i10101011010iiiddddiiiiiiii") with
        {
            Unpredictable = f => f['d'] == 15 || (f['d'] == 13 && f['i'] % 4 != 0), Rule = "d == 15; to SP only multiples of 4 (section A5.1.3)",
        },
        Row("ADR T2", "A5.3.3", "11110i10101011110iiiddddiiiiiiii") with { Unpredictable = f => f.IsSpecial('d'), Rule = "d in {13, 15}" },
        Row("ADR T3", "A5.3.3", "11110i10000011110iiiddddiiiiiiii") with { Unpredictable = f => f.IsSpecial('d'), Rule = "d in {13, 15}" },
        Row("MOV (immediate) T3", "A5.3.3", "11110i100100jjjj0iiiddddiiiiiiii") with { Unpredictable = f => f.IsSpecial('d'), Rule = "d in {13, 15}" },
        Row("MOVT", "A5.3.3", "11110i101100jjjj0iiiddddiiiiiiii") with { Unpredictable = f => f.IsSpecial('d'), Rule = "d in {13, 15}" },
        Row("SSAT", "A5.3.3", "1111001100s0nnnn0iiiddddii0wwwww") with
        {
            Elsewhere = f => f['s'] == 1 && f['i'] == 0, Unpredictable = f => f.AnySpecial("dn"), Rule = "d or n in {13, 15}",
        },
        Row("USAT", "A5.3.3", "1111001110s0nnnn0iiiddddii0wwwww") with
        {
            Elsewhere = f => f['s'] == 1 && f['i'] == 0, Unpredictable = f => f.AnySpecial("dn"), Rule = "d or n in {13, 15}",
        },
        Row("SBFX", "A5.3.3", "111100110100nnnn0iiiddddii0wwwww") with
        {
            Unpredictable = f => f.AnySpecial("dn") || f['i'] + f['w'] > 31, Rule = "d or n in {13, 15}; msbit > 31",
        },
        Row("UBFX", "A5.3.3", "111100111100nnnn0iiiddddii0wwwww") with
        {
            Unpredictable = f => f.AnySpecial("dn") || f['i'] + f['w'] > 31, Rule = "d or n in {13, 15}; msbit > 31",
        },
        Row("BFI", "A5.3.3", "111100110110nnnn0iiiddddii0wwwww") with
        {
            Elsewhere = f => f['n'] == 15, Unpredictable = f => f.IsSpecial('d') || f['n'] == 13 || f['w'] < f['i'], Rule = "d in {13, 15}; n == 13; msbit < lsbit",
        },
        Row("BFC", "A5.3.3", "11110011011011110iiiddddii0wwwww") with
        {
            Unpredictable = f => f.IsSpecial('d') || f['w'] < f['i'], Rule = "d in {13, 15}; msbit < lsbit",
        },
    ];

    private static IEnumerable<Encoding> ShiftedRegister()
    {
        Encoding General(string name, uint op) => Row($"{name} (register)", "A5.3.11", $"1110101{op:b4}snnnn0iiiddddiittmmmm") with
        {
            Unpredictable = f => f.AnySpecial("dnm"),
            Rule = "d, n or m in {13, 15}",
        };

        Encoding Compare(string name, uint op, bool stack) => Row($"{name} (register)", "A5.3.11", $"1110101{op:b4}1nnnn0iii1111iittmmmm") with
        {
            Unpredictable = f => f['n'] == 15 || (!stack && f['n'] == 13) || f.IsSpecial('m'),
            Rule = $"n == 15{(stack ? string.Empty : ", n == 13")}; m in {{13, 15}}",
        };

        Encoding Sum(string name, uint op) => General(name, op) with
        {
            Elsewhere = f => (f['d'] == 15 && f['s'] == 1) || f['n'] == 13,
            Rule = "d == 13, d == 15 && S == 0, n == 15; m in {13, 15}",
        };

        Encoding Stack(string name, uint op) => Row(name, "A5.3.11", $"1110101{op:b4}s11010iiiddddiittmmmm") with
        {
            Elsewhere = f => f['d'] == 15 && f['s'] == 1,
            Unpredictable = f => f['d'] == 15 || f.IsSpecial('m') || (f['d'] == 13 && (f['t'] != 0 || f['i'] > 3)),
            Rule = "d == 15; m in {13, 15}; d == 13 && (shift_t != LSL || shift_n > 3)",
            Operands = o => { if (o.Fields['d'] == 13) { o.Set(o.Fields['m'], (uint)o.Random.Next(8) * 4); } },
        };

        Encoding Logical(string name, uint op) => General(name, op) with { Elsewhere = f => f['d'] == 15 && f['s'] == 1 };
        Encoding OrNot(string name, uint op) => General(name, op) with { Elsewhere = f => f['n'] == 15 };

        Encoding Shift(string name, uint type) => Row($"{name} (immediate) T2", "A5.3.11", $"11101010010s11110iiiddddii{type:b2}mmmm") with
        {
            Elsewhere = f => f['i'] == 0 && type is 0 or 3,
            Unpredictable = f => f.AnySpecial("dm"),
            Rule = "d or m in {13, 15}",
        };

        return
        [
            Logical("AND", 0), Compare("TST", 0, stack: false), General("BIC", 1), OrNot("ORR", 2), OrNot("ORN", 3), Logical("EOR", 4), Compare("TEQ", 4, stack: false),
            Sum("ADD T3", 8), Stack("ADD (SP plus register) T3", 8), Compare("CMN", 8, stack: true), General("ADC", 10), General("SBC", 11),
            Sum("SUB T2", 13), Stack("SUB (SP minus register) T1", 13), Compare("CMP T3", 13, stack: true), General("RSB", 14),
            Row("MVN (register) T2", "A5.3.11", "11101010011s11110iiiddddiittmmmm") with { Unpredictable = f => f.AnySpecial("dm"), Rule = "d or m in {13, 15}" },
            Row("MOV (register) T3", "A5.3.11", "11101010010s11110000dddd0000mmmm") with
            {
                Unpredictable = f => f['d'] == 15 || f['m'] == 15 || (f['s'] == 1 && f.AnySpecial("dm")) || (f['d'] == 13 && f['m'] == 13),
                Rule = "S == 1 && (d or m in {13, 15}); d == 15, m == 15, d == 13 && m == 13",
                Operands = o => { if (o.Fields['d'] == 13) { o.Set(o.Fields['m'], o.Stack()); } },
            },
            Shift("LSL", 0), Shift("LSR", 1), Shift("ASR", 2), Shift("ROR", 3),
            Row("RRX", "A5.3.11", "11101010010s11110000dddd0011mmmm") with { Unpredictable = f => f.AnySpecial("dm"), Rule = "d or m in {13, 15}" },
        ];
    }

    private static IEnumerable<Encoding> RegisterProcessing()
    {
        string[] shifts = ["LSL", "LSR", "ASR", "ROR"];
        foreach (var encoding in shifts.Select((name, index) => Row($"{name} (register) T2", "A5.3.12", $"111110100{index:b2}snnnn1111dddd0000mmmm") with
        {
            Unpredictable = f => f.AnySpecial("dnm"),
            Rule = "d, n or m in {13, 15}",
        }))
        {
            yield return encoding;
        }

        foreach (var (name, op) in ((string, int)[])[("SXTH T2", 0), ("UXTH T2", 1), ("SXTB T2", 4), ("UXTB T2", 5)])
        {
            yield return Row(name, "A5.3.12", $"111110100{op:b3}11111111dddd10rrmmmm") with { Unpredictable = f => f.AnySpecial("dm"), Rule = "d or m in {13, 15}" };
        }

        foreach (var (name, first, second) in ((string, int, int)[])[("REV T2", 9, 8), ("REV16 T2", 9, 9), ("RBIT", 9, 10), ("REVSH T2", 9, 11), ("CLZ", 11, 8)])
        {
            yield return Row(name, "A5.3.12", $"11111010{first:b4}nnnn1111dddd{second:b4}mmmm") with
            {
                Unpredictable = f => f.AnySpecial("dm") || f['n'] != f['m'],
                Rule = "d or m in {13, 15}; the two fields of Rm differ",
            };
        }
    }

    private static IEnumerable<Encoding> Multiplications()
    {
        yield return Row("MUL T2", "A5.3.16", "111110110000nnnn1111dddd0000mmmm") with { Unpredictable = f => f.AnySpecial("dnm"), Rule = "d, n or m in {13, 15}" };
        yield return Row("MLA", "A5.3.16", "111110110000nnnnaaaadddd0000mmmm") with
        {
            Elsewhere = f => f['a'] == 15,
            Unpredictable = f => f.AnySpecial("dnm") || f['a'] == 13,
            Rule = "d, n or m in {13, 15}; a == 13",
        };
        yield return Row("MLS", "A5.3.16", "111110110000nnnnaaaadddd0001mmmm") with { Unpredictable = f => f.AnySpecial("dnma"), Rule = "d, n, m or a in {13, 15}" };
        foreach (var (name, op) in ((string, int)[])[("SMULL", 0), ("UMULL", 2), ("SMLAL", 4), ("UMLAL", 6)])
        {
            yield return Row(name, "A5.3.17", $"111110111{op:b3}nnnnlllldddd0000mmmm") with
            {
                Unpredictable = f => f.AnySpecial("dnml") || f['d'] == f['l'],
                Rule = "dHi, dLo, n or m in {13, 15}; dHi == dLo",
            };
        }

        foreach (var (name, op) in ((string, int)[])[("SDIV", 1), ("UDIV", 3)])
        {
            yield return Row(name, "A5.3.17", $"111110111{op:b3}nnnn1111dddd1111mmmm") with
            {
                Unpredictable = f => f.AnySpecial("dnm"),
                Rule = "d, n or m in {13, 15}",
                Operands = o => { if (o.Random.Next(4) == 0) { o.Set(o.Fields['m'], 0); } },
            };
        }
    }
}
