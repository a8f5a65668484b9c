namespace FarmAgent.Simulation.Proof.Encodings;

/// <summary>32-bit loads and stores, sections A5.3.5 to A5.3.10.</summary>
internal static partial class EncodingTable
{
    private static IEnumerable<Encoding> Multiple32()
    {
        AccessShape Shape(FieldValues f, bool down)
        {
            var list = f['r'] | (f['l'] << 14) | (f['p'] << 15);
            var size = 4 * Bits(list);
            return new AccessShape((int)f['n'], down ? -size : 0, size, Loaded: f['p'] != 0 ? 15 : -1);
        }

        bool BaseInList(FieldValues f) => f['w'] == 1 && ((f['r'] | (f['l'] << 14) | (f['p'] << 15)) & (1u << (int)f['n'])) != 0;
        int Count(FieldValues f) => Bits(f['r']) + (int)f['l'] + (int)f['p'];

        foreach (var (name, op, down) in ((string, int, bool)[])[("STM T2", 1, false), ("STMDB", 2, true)])
        {
            yield return Row(name, "A5.3.5", $"1110100{op:b2}0w0nnnn0l0rrrrrrrrrrrrr") with
            {
                Unpredictable = f => f['n'] == 15 || Count(f) < 2 || BaseInList(f),
                Rule = "n == 15 || BitCount(registers) < 2; wback && registers<n>",
                Access = f => Shape(f, down),
            };
        }

        foreach (var (name, op, down) in ((string, int, bool)[])[("LDM T2", 1, false), ("LDMDB", 2, true)])
        {
            var row = Row(name, "A5.3.5", $"1110100{op:b2}0w1nnnnpl0rrrrrrrrrrrrr") with
            {
                Elsewhere = f => f['p'] == 1,
                Unpredictable = f => f['n'] == 15 || Count(f) < 2 || (f['p'] & f['l']) != 0 || BaseInList(f),
                Rule = "n == 15 || BitCount(registers) < 2 || (P == 1 && M == 1); wback && registers<n>",
                Access = f => Shape(f, down),
            };
            yield return row;
            yield return row with
            {
                Name = $"{name} with the PC",
                InBlock = BlockUse.OnlyLast,
                Elsewhere = f => f['p'] == 0,
                Rule = $"{row.Rule}; {LastInBlock}",
            };
        }
    }

    private static IEnumerable<Encoding> Dual32()
    {
        AccessShape Dual(FieldValues f) => new((int)f['n'], f['p'] == 0 ? 0 : (f['u'] == 1 ? 4L : -4L) * f['i'], 8);
        yield return Row("LDRD (immediate)", "A5.3.6", "1110100pu1w1nnnnttttvvvviiiiiiii") with
        {
            Elsewhere = f => (f['p'] == 0 && f['w'] == 0) || f['n'] == 15,
            Unpredictable = f => f.AnySpecial("tv") || f['t'] == f['v'] || (f['w'] == 1 && (f['n'] == f['t'] || f['n'] == f['v'])),
            Rule = "t or t2 in {13, 15}; t == t2; wback && (n == t || n == t2)",
            Access = Dual,
        };
        yield return Row("LDRD (literal)", "A5.3.6", "1110100pu1w11111ttttvvvviiiiiiii") with
        {
            Elsewhere = f => f['p'] == 0 && f['w'] == 0,
            Unpredictable = f => f.AnySpecial("tv") || f['t'] == f['v'] || f['w'] == 1,
            Rule = "t or t2 in {13, 15}; t == t2; W == 1",
        };
        yield return Row("STRD (immediate)", "A5.3.6", "1110100pu1w0nnnnttttvvvviiiiiiii") with
        {
            Elsewhere = f => f['p'] == 0 && f['w'] == 0,
            Unpredictable = f => f['n'] == 15 || f.AnySpecial("tv") || (f['w'] == 1 && (f['n'] == f['t'] || f['n'] == f['v'])),
            Rule = "n == 15; t or t2 in {13, 15}; wback && (n == t || n == t2)",
            Access = Dual,
        };
        yield return Row("LDREX", "A5.3.6", "111010000101nnnntttt1111iiiiiiii") with
        {
            Unpredictable = f => f.IsSpecial('t') || f['n'] == 15,
            Rule = "t in {13, 15}; n == 15",
            Access = f => new AccessShape((int)f['n'], f['i'] * 4, 4),
        };
        yield return Row("STREX", "A5.3.6", "111010000100nnnnttttddddiiiiiiii") with
        {
            Unpredictable = f => f.AnySpecial("td") || f['n'] == 15 || f['d'] == f['n'] || f['d'] == f['t'],
            Rule = "d or t in {13, 15}; n == 15; d == n || d == t",
            Access = f => new AccessShape((int)f['n'], f['i'] * 4, 4),
            Operands = o => o.Before(0xE850 | o.Fields['n'], 0x0F00 | (o.Fields['d'] << 12) | o.Fields['i']),
        };
        foreach (var (name, op, size) in ((string, int, int)[])[("B", 4, 1), ("H", 5, 2)])
        {
            yield return Row($"LDREX{name}", "A5.3.6", $"111010001101nnnntttt1111{op:b4}1111") with
            {
                Unpredictable = f => f.IsSpecial('t') || f['n'] == 15,
                Rule = "t in {13, 15}; n == 15",
                Access = f => new AccessShape((int)f['n'], 0, size),
            };
            yield return Row($"STREX{name}", "A5.3.6", $"111010001100nnnntttt1111{op:b4}dddd") with
            {
                Unpredictable = f => f.AnySpecial("td") || f['n'] == 15 || f['d'] == f['n'] || f['d'] == f['t'],
                Rule = "d or t in {13, 15}; n == 15; d == n || d == t",
                Access = f => new AccessShape((int)f['n'], 0, size),
                Operands = o => o.Before(0xE8D0 | o.Fields['n'], 0x0F0F | ((uint)op << 4) | (o.Fields['d'] << 12)),
            };
        }

        foreach (var (name, half) in ((string, int)[])[("TBB", 0), ("TBH", 1)])
        {
            yield return Row(name, "A5.3.6", $"111010001101nnnn11110000000{half}mmmm") with
            {
                InBlock = BlockUse.OnlyLast,
                Unpredictable = f => f['n'] == 13 || f.IsSpecial('m') || f['n'] == f['m'],
                Rule = $"n == 13; m in {{13, 15}}; {LastInBlock}; n == m is not UNPREDICTABLE, not tried",
                Operands = o => o.Table(half == 1),
            };
        }
    }

    private static IEnumerable<Encoding> Single32()
    {
        foreach (var (name, op, size) in ((string, int, int)[])[("STRB", 0, 1), ("STRH", 1, 2), ("STR", 2, 4)])
        {
            FieldRule bad = size == 4 ? f => f['t'] == 15 : f => f.IsSpecial('t');
            var rule = size == 4 ? "t == 15" : "t in {13, 15}";
            foreach (var encoding in Forms(name, $"11111000{{0}}{op:b2}0", "A5.3.10", size, bad, rule))
            {
                yield return encoding;
            }
        }

        foreach (var (name, sign, op, size) in ((string, int, int, int)[])[("LDRB", 0, 0, 1), ("LDRH", 0, 1, 2), ("LDRSB", 1, 0, 1), ("LDRSH", 1, 1, 2), ("LDR", 0, 2, 4)])
        {
            var section = size switch { 1 => "A5.3.9", 2 => "A5.3.8", _ => "A5.3.7" };
            var prefix = $"1111100{sign}{{0}}{op:b2}1";
            // With Rt = PC, bytes are hints to preload; half-words hints that do nothing (section A5.3.8).
            FieldRule bad = size == 4 ? _ => false : f => f['t'] == 13;
            foreach (var encoding in Forms(name, prefix, section, size, bad, size == 4 ? string.Empty : "t == 13"))
            {
                yield return encoding;
            }

            yield return Row($"{name} (literal)", section, string.Format(System.Globalization.CultureInfo.InvariantCulture, prefix, "u") + "1111ttttiiiiiiiiiiii") with
            {
                Elsewhere = f => size < 4 && f['t'] == 15,
                Unpredictable = f => f['t'] is 13 or 15,
                Rule = size == 4 ? "t == 15 loads a branch from code, not tried; t == 13 likewise" : "t == 13",
            };
        }

        foreach (var (name, sign) in ((string, int)[])[("PLD", 0), ("PLI", 1)])
        {
            yield return Row($"{name} (immediate) T1", "A5.3.9", $"1111100{sign}1001nnnn1111iiiiiiiiiiii") with { Elsewhere = f => f['n'] == 15 };
            yield return Row($"{name} (immediate) T2", "A5.3.9", $"1111100{sign}0001nnnn11111100iiiiiiii") with { Elsewhere = f => f['n'] == 15 };
            yield return Row($"{name} (literal)", "A5.3.9", $"1111100{sign}u00111111111iiiiiiiiiiii");
            yield return Row($"{name} (register)", "A5.3.9", $"1111100{sign}0001nnnn1111000000ssmmmm") with
            {
                Elsewhere = f => f['n'] == 15,
                Unpredictable = f => f.IsSpecial('m'),
                Rule = "m in {13, 15}",
            };
            yield return Row($"half-word hint {sign} (immediate) T1", "A5.3.8", $"1111100{sign}1011nnnn1111iiiiiiiiiiii");
            yield return Row($"half-word hint {sign} (immediate) T2", "A5.3.8", $"1111100{sign}0011nnnn11111100iiiiiiii");
            yield return Row($"half-word hint {sign} (literal)", "A5.3.8", $"1111100{sign}00111111 1111iiiiiiiiiiii");
            yield return Row($"half-word hint {sign} (register)", "A5.3.8", $"1111100{sign}0011nnnn1111000000ssmmmm");
        }
    }

    /// <summary>Immediate, indexed, unprivileged and register form of one load or store; {0} is the bit that selects the 12-bit immediate.</summary>
    private static IEnumerable<Encoding> Forms(string name, string prefix, string section, int size, FieldRule bad, string rule)
    {
        var load = name[0] == 'L';
        var wide = string.Format(System.Globalization.CultureInfo.InvariantCulture, prefix, "1");
        var narrow = string.Format(System.Globalization.CultureInfo.InvariantCulture, prefix, "0");
        FieldRule elsewhere = f => f['n'] == 15 || (load && f['t'] == 15);
        int Loaded(FieldValues f) => load && f['t'] is 13 ? 13 : -1;
        var forms = new List<Encoding>
        {
            Row($"{name} (immediate) T3", section, $"{wide}nnnnttttiiiiiiiiiiii") with
            {
                Elsewhere = elsewhere, Unpredictable = bad, Rule = rule, Access = f => new AccessShape((int)f['n'], f['i'], size, Loaded: Loaded(f)),
            },
            Row($"{name} (immediate) T4", section, $"{narrow}nnnntttt1puwiiiiiiii") with
            {
                Elsewhere = f => elsewhere(f) || (f['p'] == 0 && f['w'] == 0) || (f['p'] == 1 && f['u'] == 1 && f['w'] == 0),
                Unpredictable = f => bad(f) || (f['w'] == 1 && f['n'] == f['t']),
                Rule = $"{rule}; wback && n == t",
                Access = f => new AccessShape((int)f['n'], f['p'] == 0 ? 0 : f['u'] == 1 ? f['i'] : -(long)f['i'], size, Loaded: Loaded(f)),
            },
            Row($"{name}T", section, $"{narrow}nnnntttt1110iiiiiiii") with
            {
                Elsewhere = f => f['n'] == 15, Unpredictable = f => f.IsSpecial('t'), Rule = "t in {13, 15}", Access = f => new AccessShape((int)f['n'], f['i'], size),
            },
            Row($"{name} (register) T2", section, $"{narrow}nnnntttt000000ssmmmm") with
            {
                Elsewhere = elsewhere,
                Unpredictable = f => bad(f) || f.IsSpecial('m'),
                Rule = $"{rule}; m in {{13, 15}}",
                Access = f => new AccessShape((int)f['n'], 0, size, (int)f['m'], (int)f['s'], Loaded(f)),
            },
        };
        if (name == "LDR")
        {
            forms.AddRange(forms.Where(form => form.Name != "LDRT").Select(form => Row($"{form.Name} to the PC", section, form.Pattern.Replace("tttt", "1111", StringComparison.Ordinal)) with
            {
                InBlock = BlockUse.OnlyLast,
                Elsewhere = f => f['n'] == 15 || (form.Name.EndsWith("T4", StringComparison.Ordinal) && f['w'] == 0 && (f['p'] == 0 || f['u'] == 1)),
                Unpredictable = f => form.Name.EndsWith("T2", StringComparison.Ordinal) && f.IsSpecial('m'),
                Rule = $"{LastInBlock}; m in {{13, 15}}",
                Access = f => form.Access!(f) with { Loaded = 15 },
            }).ToList());
        }

        return forms;
    }
}
