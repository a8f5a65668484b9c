using FarmAgent.Simulation.Proof.Encodings;

namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>Makes the operands of one case, so that branches land where SVC is and accesses where memory is, or on purpose where none is.</summary>
internal sealed class CaseOperands(CpuCase test, FieldValues fields, Random random, uint address)
{
    private const uint PendSysTick = 1u << 26;

    private static readonly uint[] Corners =
    [
        0, 1, 2, 3, 0x1F, 0x20, 0x21, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x5555_5555, 0xAAAA_AAAA, 0x7FFF_FFFE, 0x7FFF_FFFF,
        0x8000_0000, 0x8000_0001, 0xFFFF_0000, 0xFFFF_7FFF, 0xFFFF_8000, 0xFFFF_FF80, 0xFFFF_FFFE, 0xFFFF_FFFF,
    ];

    /// <summary>Nobody answers there, in each part of the memory map that has such a place in both machines.</summary>
    private static readonly uint[] Nowhere = [0x3800_0000, 0x4C00_0000, 0x7000_0000, 0x9800_0000, 0xB000_0000, 0xD000_0000];

    public FieldValues Fields => fields;

    public Random Random => random;

    /// <summary>Address of the instruction.</summary>
    public uint Address => address;

    /// <summary>Instructions in front of everything else.</summary>
    public List<ushort> Prefix { get; } = [];

    public static uint Corner(Random random) => random.Next(3) == 0 ? (uint)random.NextInt64() : Corners[random.Next(Corners.Length)];

    public void Set(uint register, uint value)
    {
        if (register < 15)
        {
            test.Registers[register] = value;
        }
    }

    /// <summary>A value that the stack pointer can take.</summary>
    /// <remarks>Bits 1:0 of SP are SBZP (section A5.1.3): they are never written as 1.</remarks>
    public uint Stack() => CaseLayout.StackPointer - (uint)(random.Next(16) * 4);

    /// <summary>A place full of SVC, near or far.</summary>
    public uint Target(uint state) => state + (random.Next(2) == 0
        ? test.Address - 16 + ((uint)random.Next(7) * 2)
        : CaseLayout.Batch + (uint)CaseLayout.SeaOffset + ((uint)random.Next(0x7_0000) * 2));

    /// <summary>What BX and its like may find: mostly a target in Thumb state, sometimes without that, in peripherals, or nowhere.</summary>
    public uint ExchangeTarget() => random.Next(10) switch
    {
        0 => Target(0),
        1 => random.Next(2) == 0 ? 0x7000_0001u : 0x9800_0001,
        2 => random.Next(2) == 0 ? 0xA000_0001 : 0x4000_0001,
        _ => Target(1),
    };

    /// <summary>An interrupt that is pending and masked: it ends WFI at once.</summary>
    public void PendMasked()
    {
        test.PriorityMask = 1;
        test.BasePriority = 0;
        test.Pend = PendSysTick;
    }

    /// <summary>Puts an instruction first, two times of three.</summary>
    public void Before(uint first, uint second)
    {
        if (random.Next(3) != 0)
        {
            Prefix.Add((ushort)first);
            Prefix.Add((ushort)second);
        }
    }

    /// <summary>Makes an entry of a branch table the one that TBB or TBH reads.</summary>
    public void Table(bool half)
    {
        var entry = (uint)random.Next(4);
        Set(fields['m'], fields['n'] == 15 ? entry : entry + 1);
        if (fields['n'] != 15)
        {
            Set(fields['n'], CaseLayout.Scratch + (half ? 0x4Eu : 0x3Fu));
        }
    }

    /// <summary>Sets base and index so that the access goes to a chosen place.</summary>
    public void Place(AccessShape shape)
    {
        var target = ChooseTarget(shape);
        target = shape.Base == 13 ? target & ~3u : target;
        var offset = (uint)shape.Offset;
        if (shape.Index < 0)
        {
            Set((uint)shape.Base, shape.Base == 13 ? (target - offset) & ~3u : target - offset);
        }
        else if (shape.Index == shape.Base)
        {
            // base + (base << shift) = target: solved for the next target that allows it.
            var factor = 1 + (1u << shape.Shift);
            target &= ~1u;
            var value = shape.Shift == 0 ? target / 2 : target * Inverse(factor);
            Set((uint)shape.Base, value);
        }
        else
        {
            var index = random.Next(4) == 0 ? Corner(random) & (shape.Base == 13 ? ~3u : uint.MaxValue) : (uint)random.Next(16) * 4;
            Set((uint)shape.Index, index);
            Set((uint)shape.Base, target - offset - (index << shape.Shift));
            // A stack pointer far away would leave no stack.
            if (shape.Base == 13 && index > 64)
            {
                Set((uint)shape.Index, 4);
                Set(13, target - (4u << shape.Shift));
            }
        }

        if (shape.Loaded >= 0)
        {
            test.PokeAddress = target + (uint)shape.Size - 4;
            test.PokeValue = shape.Loaded == 15 ? ExchangeTarget() : Stack();
        }
    }

    private uint ChooseTarget(AccessShape shape)
    {
        var mustBeGood = shape.Base == 13 || shape.Loaded >= 0;
        if (!mustBeGood && random.Next(12) == 0)
        {
            // Unaligned accesses to Device memory are UNPREDICTABLE (section A3.2.1).
            var place = Nowhere[random.Next(Nowhere.Length)];
            return place is >= 0x4000_0000 and < 0x6000_0000 or >= 0xA000_0000 ? place : place + (uint)random.Next(random.Next(3) == 0 ? 4 : 1);
        }

        var room = 0x120 - shape.Size;
        var target = CaseLayout.Scratch + 0x30 + (uint)random.Next(Math.Max(1, room));
        var unaligned = !mustBeGood && random.Next(shape.Size > 4 ? 12 : 4) == 0;
        return unaligned ? target : target & ~(uint)(shape.Size >= 4 || mustBeGood ? 3 : shape.Size - 1);
    }

    private static uint Inverse(uint odd)
    {
        var inverse = odd;
        for (var turn = 0; turn < 5; turn++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}
