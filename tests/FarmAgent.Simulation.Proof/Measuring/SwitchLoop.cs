namespace FarmAgent.Simulation.Proof.Measuring;

/// <summary>
/// The least that an interpreter can do: fetch an operation, switch on it, change a register. No flags, no memory, no decoding, no time.
/// What a real one needs more is measured against it.
/// </summary>
internal sealed class SwitchLoop
{
    private const int Length = 1024;
    private readonly byte[] _code = new byte[Length];
    private readonly uint[] _registers = new uint[16];

    public SwitchLoop()
    {
        // A fixed mixture without a short period, so that the branch predictor has what it has with a program.
        var state = 0x1234_5678u;
        for (var index = 0; index < Length; index++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            _code[index] = (byte)(state >> 24);
        }
    }

    public uint Run(long operations)
    {
        var code = _code;
        var registers = _registers;
        var position = 0;
        for (var left = operations; left > 0; left--)
        {
            var operation = code[position];
            position = (position + 1) & (Length - 1);
            var target = operation >> 4;
            switch (operation & 15)
            {
                case 0:
                    registers[target] += 1;
                    break;
                case 1:
                    registers[target] -= registers[1];
                    break;
                case 2:
                    registers[target] ^= registers[2];
                    break;
                case 3:
                    registers[target] &= 0x7FFF_FFFF;
                    break;
                case 4:
                    registers[target] |= 4;
                    break;
                case 5:
                    registers[target] <<= 1;
                    break;
                case 6:
                    registers[target] >>= 1;
                    break;
                case 7:
                    registers[target] = ~registers[7];
                    break;
                case 8:
                    registers[target] = registers[8];
                    break;
                case 9:
                    registers[target] *= 9;
                    break;
                case 10:
                    registers[target] = 10;
                    break;
                case 11:
                    registers[target] = 0 - registers[11];
                    break;
                case 12:
                    registers[target] += registers[12];
                    break;
                case 13:
                    position = registers[target] == 13 ? 0 : position;
                    break;
                case 14:
                    registers[target] = (ushort)registers[14];
                    break;
                default:
                    registers[target] = (uint)(sbyte)registers[15];
                    break;
            }
        }

        return registers[0];
    }
}
