using FarmAgent.Simulation.Proof.Encodings;

namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>
/// Makes random sequences with IT blocks among them. R5, R6 and R7 point into the scratch area and R4 is a small index; nothing but write-back
/// changes them, so that every access meets memory. What each instruction leaves is what the next one starts from.
/// </summary>
internal sealed class SequenceGenerator
{
    private const int MostHalves = 20;
    private const int Index = 4;
    private const uint DivideByZeroTrap = 1 << 4;
    private readonly Random _random;
    private readonly CaseGenerator _generator;
    private readonly List<Encoding> _encodings;

    public SequenceGenerator(Random random)
    {
        _random = random;
        _generator = new CaseGenerator(random);
        _encodings = [.. EncodingTable.All.Where(IsPlain)];
    }

    /// <summary>Instructions in all sequences made so far.</summary>
    public long Instructions { get; private set; }

    public CpuCase Make(CaseBatch batch)
    {
        var test = _generator.MakeRaw(batch, "sequence");
        for (var register = 5; register <= 7; register++)
        {
            test.Registers[register] = CaseLayout.Scratch + 0x80 + ((uint)_random.Next(16) * 4);
        }

        test.Registers[Index] = (uint)_random.Next(16) * 4;
        // The other machine loses results of earlier instructions when a division traps; single divisions are among the directed cases.
        test.ConfigurationControl &= ~DivideByZeroTrap;
        while (test.Code.Count < MostHalves - 9)
        {
            if (_random.Next(4) == 0)
            {
                var length = _random.Next(1, 5);
                test.Code.Add(BlockOf(length));
                for (var slot = 0; slot < length; slot++)
                {
                    AddInstruction(test, inBlock: true);
                }
            }
            else
            {
                AddInstruction(test, inBlock: false);
            }
        }

        return test;
    }

    private ushort BlockOf(int length)
    {
        Instructions++;
        return Conditions.Block(_random, (uint)_random.Next(32) << 27, 0, length, executed: true);
    }

    private void AddInstruction(CpuCase test, bool inBlock)
    {
        while (true)
        {
            var encoding = _encodings[_random.Next(_encodings.Count)];
            if (inBlock && encoding.InBlock != BlockUse.Anywhere)
            {
                continue;
            }

            // Not every encoding leaves these registers alone with any fields; then another one is taken.
            if (_generator.TryDraw(encoding, fields => IsSafe(encoding, fields), tries: 40) is { } drawn)
            {
                CaseGenerator.Append(test.Code, encoding, encoding.Encode(drawn));
                Instructions++;
                return;
            }
        }
    }

    private static bool IsPlain(Encoding encoding) =>
        encoding.Distance is null && encoding.Reach == 0 && encoding.InBlock != BlockUse.OnlyLast
        && !encoding.Name.Contains("PC", StringComparison.Ordinal)
        && encoding.Section is not "A5.3.18"
        // A store to the address or a load of another size between the two leaves the result of STREX open (sections A3.4.1, A3.4.5).
        && !encoding.Name.StartsWith("STREX", StringComparison.Ordinal)
        && encoding.Name is not ("SVC" or "BKPT" or "IT" or "CPS" or "MSR" or "UDF T1" or "UDF T2" or "WFI T1" or "WFI T2" or "WFE T1" or "WFE T2" or "PUSH T1" or "POP T1");

    private static bool IsSafe(Encoding encoding, FieldValues fields)
    {
        if (Writes(encoding, fields, 'd') || Writes(encoding, fields, 'l') || Writes(encoding, fields, 'v'))
        {
            return false;
        }

        if (encoding.Access is not { } access)
        {
            return !Writes(encoding, fields, 't');
        }

        var shape = access(fields);
        return shape.Base is 5 or 6 or 7 && shape.Index is -1 or Index && Math.Abs(shape.Offset) <= 64 && (fields['w'] == 0 || fields['i'] <= 8)
            && !(encoding.Name.StartsWith('L') && Writes(encoding, fields, 't'))
            && (fields['r'] & 0x20F0) == 0 && fields['p'] + fields['l'] < 2;
    }

    private static bool Writes(Encoding encoding, FieldValues fields, char letter) =>
        encoding.Pattern.Contains(letter, StringComparison.Ordinal) && (letter != 'l' || !encoding.Pattern.Contains('r', StringComparison.Ordinal))
        && fields[letter] is (>= 4 and <= 7) or 13 or 15;
}
