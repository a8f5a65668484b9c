namespace FarmAgent.Simulation.Proof.Encodings;

/// <summary>16-bit instructions, section A5.2.</summary>
internal static partial class EncodingTable
{
    private static IEnumerable<Encoding> ShiftAddMove() =>
    [
        Row("LSL (immediate) T1", "A5.2.1", "00000iiiiimmmddd") with { Elsewhere = f => f['i'] == 0 },
        Row("MOV (register) T2", "A5.2.1", "0000000000mmmddd") with { InBlock = BlockUse.Never, Rule = "in an IT block" },
        Row("LSR (immediate) T1", "A5.2.1", "00001iiiiimmmddd"),
        Row("ASR (immediate) T1", "A5.2.1", "00010iiiiimmmddd"),
        Row("ADD (register) T1", "A5.2.1", "0001100mmmnnnddd"),
        Row("SUB (register) T1", "A5.2.1", "0001101mmmnnnddd"),
        Row("ADD (immediate) T1", "A5.2.1", "0001110iiinnnddd"),
        Row("SUB (immediate) T1", "A5.2.1", "0001111iiinnnddd"),
        Row("MOV (immediate) T1", "A5.2.1", "00100dddiiiiiiii"),
        Row("CMP (immediate) T1", "A5.2.1", "00101nnniiiiiiii"),
        Row("ADD (immediate) T2", "A5.2.1", "00110dddiiiiiiii"),
        Row("SUB (immediate) T2", "A5.2.1", "00111dddiiiiiiii"),
    ];

    private static IEnumerable<Encoding> DataProcessing16()
    {
        string[] names = ["AND", "EOR", "LSL", "LSR", "ASR", "ADC", "SBC", "ROR", "TST", "RSB", "CMP", "CMN", "ORR", "MUL", "BIC", "MVN"];
        return names.Select((name, index) => Row($"{name} (register) T1", "A5.2.2", $"010000{index:b4}mmmddd"));
    }

    private static IEnumerable<Encoding> Special16() =>
    [
        Row("ADD (register) T2", "A5.2.3", "01000100dmmmmddd") with
        {
            Elsewhere = f => f['d'] == 15,
            Unpredictable = f => f['d'] == 13 && f['m'] is (13 or 15),
            Rule = "to SP no SP or PC is added: the exception that ends a case needs a stack; not UNPREDICTABLE, not tried",
            Operands = o => { if (o.Fields['d'] == 13) { o.Set(o.Fields['m'], (uint)o.Random.Next(-16, 16) * 4); } },
        },
        Row("ADD (register) T2 to the PC", "A5.2.3", "010001001mmmm111") with
        {
            InBlock = BlockUse.OnlyLast,
            Unpredictable = f => f['m'] is 13 or 15,
            Rule = "d == 15 && m == 15; d == 15 and not the last of an IT block; ADD PC, SP would leave the code, not tried",
            Operands = o => o.Set(o.Fields['m'], o.Target(0) - (o.Address + 4)),
        },
        Row("CMP (register) T2", "A5.2.3", "01000101nmmmmnnn") with
        {
            Unpredictable = f => (f['n'] < 8 && f['m'] < 8) || f['n'] == 15 || f['m'] == 15,
            Rule = "n < 8 && m < 8; n == 15 || m == 15",
        },
        Row("MOV (register) T1", "A5.2.3", "01000110dmmmmddd") with
        {
            Elsewhere = f => f['d'] == 15,
            Operands = o => { if (o.Fields['d'] == 13 && o.Fields['m'] != 13) { o.Set(o.Fields['m'], o.Stack()); } },
            Unpredictable = f => f['d'] == 13 && f['m'] == 15,
            Rule = "PC to SP leaves no stack for the exception that ends a case; not UNPREDICTABLE, not tried",
        },
        Row("MOV (register) T1 to the PC", "A5.2.3", "010001101mmmm111") with
        {
            InBlock = BlockUse.OnlyLast,
            Unpredictable = f => f['m'] == 13,
            Rule = "d == 15 and not the last of an IT block; MOV PC, SP would execute the stack, not tried",
            Operands = o => o.Set(o.Fields['m'], o.Target(0)),
        },
        Row("BX", "A5.2.3", "010001110mmmm000") with
        {
            InBlock = BlockUse.OnlyLast,
            Unpredictable = f => f['m'] == 13,
            Rule = "not the last of an IT block; BX SP is not tried",
            Operands = o => o.Set(o.Fields['m'], o.ExchangeTarget()),
        },
        Row("BLX (register)", "A5.2.3", "010001111mmmm000") with
        {
            InBlock = BlockUse.OnlyLast,
            Unpredictable = f => f['m'] is 13 or 15,
            Rule = "m == 15; not the last of an IT block; BLX SP is not tried",
            Operands = o => o.Set(o.Fields['m'], o.ExchangeTarget()),
        },
    ];

    private static IEnumerable<Encoding> Transfers16()
    {
        yield return Row("LDR (literal) T1", "A5.2.4", "01001tttiiiiiiii");
        (string Name, int Size)[] byRegister = [("STR", 4), ("STRH", 2), ("STRB", 1), ("LDRSB", 1), ("LDR", 4), ("LDRH", 2), ("LDRB", 1), ("LDRSH", 2)];
        for (var index = 0; index < 8; index++)
        {
            var size = byRegister[index].Size;
            yield return Row($"{byRegister[index].Name} (register) T1", "A5.2.4", $"0101{index:b3}mmmnnnttt") with
            {
                Access = f => new AccessShape((int)f['n'], 0, size, (int)f['m']),
            };
        }

        (string Name, int Size)[] byImmediate = [("STR", 4), ("LDR", 4), ("STRB", 1), ("LDRB", 1), ("STRH", 2), ("LDRH", 2)];
        for (var index = 0; index < 6; index++)
        {
            var size = byImmediate[index].Size;
            yield return Row($"{byImmediate[index].Name} (immediate) T1", "A5.2.4", $"{12 + index:b5}iiiiinnnttt") with
            {
                Access = f => new AccessShape((int)f['n'], f['i'] * size, size),
            };
        }

        yield return Row("STR (immediate) T2", "A5.2.4", "10010tttiiiiiiii") with { Access = f => new AccessShape(13, f['i'] * 4, 4) };
        yield return Row("LDR (immediate) T2", "A5.2.4", "10011tttiiiiiiii") with { Access = f => new AccessShape(13, f['i'] * 4, 4) };
        yield return Row("STM T1", "A5.2", "11000nnnrrrrrrrr") with
        {
            Unpredictable = f => f['r'] == 0 || ((f['r'] >> (int)f['n']) & 1 & (uint)((f['r'] & ((1u << (int)f['n']) - 1)) != 0 ? 1 : 0)) != 0,
            Rule = "BitCount(registers) < 1; a base in the list that is not the lowest stores an UNKNOWN value",
            Access = f => new AccessShape((int)f['n'], 0, 4 * Bits(f['r'])),
        };
        yield return Row("LDM T1", "A5.2", "11001nnnrrrrrrrr") with
        {
            Unpredictable = f => f['r'] == 0,
            Rule = "BitCount(registers) < 1",
            Access = f => new AccessShape((int)f['n'], 0, 4 * Bits(f['r'])),
        };
    }

    private static IEnumerable<Encoding> Miscellaneous16() =>
    [
        Row("ADR T1", "A5.2", "10100dddiiiiiiii"),
        Row("ADD (SP plus immediate) T1", "A5.2", "10101dddiiiiiiii"),
        Row("ADD (SP plus immediate) T2", "A5.2.5", "101100000iiiiiii"),
        Row("SUB (SP minus immediate) T1", "A5.2.5", "101100001iiiiiii"),
        Row("CBZ", "A5.2.5", "101100i1iiiiinnn") with
        {
            InBlock = BlockUse.Never, Rule = "in an IT block", Distance = f => (int)f['i'] * 2, Reach = 256,
            Operands = o => { if (o.Random.Next(2) == 0) { o.Set(o.Fields['n'], 0); } },
        },
        Row("CBNZ", "A5.2.5", "101110i1iiiiinnn") with
        {
            InBlock = BlockUse.Never, Rule = "in an IT block", Distance = f => (int)f['i'] * 2, Reach = 256,
            Operands = o => { if (o.Random.Next(2) == 0) { o.Set(o.Fields['n'], 0); } },
        },
        Row("SXTH T1", "A5.2.5", "1011001000mmmddd"),
        Row("SXTB T1", "A5.2.5", "1011001001mmmddd"),
        Row("UXTH T1", "A5.2.5", "1011001010mmmddd"),
        Row("UXTB T1", "A5.2.5", "1011001011mmmddd"),
        Row("PUSH T1", "A5.2.5", "1011010lrrrrrrrr") with
        {
            Unpredictable = f => (f['l'] | f['r']) == 0,
            Rule = "BitCount(registers) < 1",
            Access = f => new AccessShape(13, -4 * Bits(f['r'] | (f['l'] << 14)), 4 * Bits(f['r'] | (f['l'] << 14))),
        },
        Row("POP T1", "A5.2.5", "10111100rrrrrrrr") with
        {
            Unpredictable = f => f['r'] == 0,
            Rule = "BitCount(registers) < 1",
            Access = f => new AccessShape(13, 0, 4 * Bits(f['r'])),
        },
        Row("POP T1 with the PC", "A5.2.5", "10111101rrrrrrrr") with
        {
            InBlock = BlockUse.OnlyLast,
            Rule = "not the last of an IT block",
            Access = f => new AccessShape(13, 0, 4 + (4 * Bits(f['r'])), Loaded: 15),
        },
        Row("CPS", "A5.2.5, B5.2.1", "10110110011k00if") with
        {
            InBlock = BlockUse.Never, Unpredictable = f => (f['i'] | f['f']) == 0, Rule = "in an IT block; neither I nor F",
        },
        Row("REV T1", "A5.2.5", "1011101000mmmddd"),
        Row("REV16 T1", "A5.2.5", "1011101001mmmddd"),
        Row("REVSH T1", "A5.2.5", "1011101011mmmddd"),
        Row("BKPT", "A5.2.5", "10111110iiiiiiii") with
        {
            Unpredictable = f => f['i'] == 0xAB, Rule = "0xAB is the semihosting call of the other machine; not UNPREDICTABLE, not tried",
        },
        Row("IT", "A5.2.5", "10111111ccccmmmm") with
        {
            InBlock = BlockUse.Never,
            Elsewhere = f => f['m'] == 0,
            Unpredictable = f => f['c'] == 15 || (f['c'] == 14 && Bits(f['m']) != 1),
            Rule = "firstcond == 1111; firstcond == 1110 && BitCount(mask) != 1; in an IT block",
        },
        Row("NOP T1", "A5.2.5", "1011111100000000"),
        Row("YIELD T1", "A5.2.5", "1011111100010000"),
        Row("WFE T1", "A5.2.5", "1011111100100000"),
        Row("WFI T1", "A5.2.5", "1011111100110000") with { Operands = o => o.PendMasked() },
        Row("SEV T1", "A5.2.5", "1011111101000000"),
        Row("hint T1 without a meaning", "A5.2.5", "10111111hhhh0000") with { Elsewhere = f => f['h'] < 5 },
    ];

    private static IEnumerable<Encoding> Branches16() =>
    [
        Row("B T1", "A5.2.6", "1101cccciiiiiiii") with
        {
            InBlock = BlockUse.Never, Elsewhere = f => f['c'] >= 14, Rule = "in an IT block", Distance = f => Signed(f['i'], 8) * 2, Reach = 512,
        },
        Row("UDF T1", "A5.2.6", "11011110iiiiiiii"),
        Row("SVC", "A5.2.6", "11011111iiiiiiii"),
        Row("B T2", "A5.2", "11100iiiiiiiiiii") with
        {
            InBlock = BlockUse.OnlyLast, Rule = "not the last of an IT block", Distance = f => Signed(f['i'], 11) * 2, Reach = 2304,
        },
    ];
}
