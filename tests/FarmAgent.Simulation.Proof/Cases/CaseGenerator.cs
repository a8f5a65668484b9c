using FarmAgent.Simulation.Proof.Encodings;

namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>Makes cases of one instruction in every position, with operands at the corners.</summary>
internal sealed class CaseGenerator(Random random)
{
    /// <summary>Positions: outside an IT block, then each slot with a condition that holds and one that does not.</summary>
    public const int Positions = 9;

    private const ushort NoOperation = 0xBF00;

    /// <summary>A case for an encoding, or null if the position is not allowed for it.</summary>
    public CpuCase? Make(CaseBatch batch, Encoding encoding, uint flags, int position)
    {
        if (position != 0 && encoding.InBlock == BlockUse.Never)
        {
            return null;
        }

        var slot = (position - 1) / 2;
        var length = position == 0 ? 0 : encoding.InBlock == BlockUse.OnlyLast ? slot + 1 : random.Next(slot + 1, 5);
        var test = Fresh($"{encoding.Name}, position {position}", batch.Reserve(encoding.Reach), flags);
        var address = test.Address + (position == 0 ? 0 : 2 + ((uint)slot * 2));
        var size = (length + 2) * 2 + (encoding.IsWide ? 4 : 2);
        var fields = Draw(encoding, candidate =>
            (encoding.Distance is not { } distance || IsSea(test.Address, size, encoding, address + 4 + (uint)distance(candidate)))
            && (encoding.Access?.Invoke(candidate) is not { Base: 13 } shape
                || (shape.Offset % 4 == 0 && (candidate['w'] == 0 || candidate['i'] % 4 == 0)
                    // Below the stack pointer lies the frame of the start.
                    && !(shape.Loaded == 15 && shape.Offset < 0))));
        var operands = new CaseOperands(test, fields, random, address);
        if (encoding.Access is { } access)
        {
            operands.Place(access(fields));
        }

        if (encoding.TargetRegister is { } register)
        {
            operands.Set((uint)register(fields), operands.ExchangeTarget());
        }

        encoding.Operands?.Invoke(operands);
        test.Code.AddRange(operands.Prefix);
        if (position != 0)
        {
            test.Code.Add(Conditions.Block(random, flags, slot, length, executed: position % 2 == 1));
            test.Code.AddRange(Enumerable.Repeat(NoOperation, slot));
        }

        Append(test.Code, encoding, encoding.Encode(fields));
        if (encoding.Name is "TBB" or "TBH" && fields['n'] == 15)
        {
            // The table follows the instruction: small distances into the SVC after it.
            test.Code.AddRange(encoding.Name == "TBB" ? [0x0506, 0x0708] : [5, 6, 7, 8]);
        }
        else if (encoding.Name == "IT")
        {
            // What the block makes of four moves shows in four registers.
            test.Code.AddRange((ushort[])[0x2011, 0x2122, 0x2233, 0x2344]);
        }
        else if (position != 0)
        {
            test.Code.AddRange(Enumerable.Repeat(NoOperation, length - slot - 1));
        }

        if (encoding.Name is "CPS" or "MSR")
        {
            // MRS R0, FAULTMASK; CPSIE f: with the mask set, the SVC at the end would be lockup.
            test.Code.AddRange((ushort[])[0xF3EF, 0x8013, 0xB661]);
        }

        return test;
    }

    /// <summary>A case of bare code.</summary>
    public CpuCase MakeRaw(CaseBatch batch, string name, params ushort[] code)
    {
        var test = Fresh(name, batch.Reserve(0), (uint)random.Next(32) << 27);
        test.Code.AddRange(code);
        return test;
    }

    /// <summary>Random fields that make a defined instruction of this encoding; null if none was found.</summary>
    public FieldValues? TryDraw(Encoding encoding, Func<FieldValues, bool> accepts, int tries)
    {
        for (; tries > 0; tries--)
        {
            var fields = new FieldValues();
            foreach (var (letter, width) in encoding.Fields)
            {
                var all = (1u << width) - 1;
                fields[letter] = (width < 4 ? 7 : random.Next(8)) switch
                {
                    0 => 0,
                    1 => all,
                    _ => (uint)random.NextInt64() & all,
                };
            }

            if (!encoding.Elsewhere(fields) && !encoding.Unpredictable(fields) && accepts(fields))
            {
                return fields;
            }
        }

        return null;
    }

    private FieldValues Draw(Encoding encoding, Func<FieldValues, bool> accepts) =>
        TryDraw(encoding, accepts, tries: 20_000) ?? throw new InvalidOperationException($"No fields make {encoding} a defined instruction.");

    public static void Append(List<ushort> code, Encoding encoding, uint instruction)
    {
        if (encoding.IsWide)
        {
            code.Add((ushort)(instruction >> 16));
        }

        code.Add((ushort)instruction);
    }

    private CpuCase Fresh(string name, uint address, uint flags)
    {
        var test = new CpuCase
        {
            Name = name,
            Address = address,
            Status = flags,
            ConfigurationControl = (random.Next(2) == 0 ? 0x200u : 0) | (random.Next(3) == 0 ? 0x10u : 0) | (random.Next(8) == 0 ? 8u : 0),
            Control = random.Next(8) == 0 ? 1u : 0,
            BasePriority = random.Next(8) == 0 ? (uint)random.Next(256) : 0,
            PriorityMask = random.Next(64) == 0 ? 1u : 0,
            FaultEnables = (uint)random.Next(8) << 16,
        };
        for (var index = 0; index < 15; index++)
        {
            test.Registers[index] = CaseOperands.Corner(random);
        }

        test.Registers[13] = CaseLayout.StackPointer - ((uint)random.Next(4) * 4);
        return test;
    }

    /// <summary>True if a branch ends in SVC, not in code of this case or another.</summary>
    private static bool IsSea(uint start, int size, Encoding encoding, uint target)
    {
        if (target - start < (uint)size)
        {
            return false;
        }

        if (encoding.Reach != 0 || target - (start - 16) < 64 - 8)
        {
            return true;
        }

        var offset = target - CaseLayout.Batch;
        return offset is >= CaseLayout.SeaOffset and < CaseLayout.CodeOffset or >= CaseLayout.CodeEnd and < CaseLayout.BatchSize - 64;
    }
}
