using FarmAgent.Simulation.Cpu.Decoding;

namespace FarmAgent.Simulation.Cpu;

/// <summary>The switch over operations; what takes more than a few lines is in the other parts.</summary>
internal sealed partial class CortexM3Cpu
{
    private void Execute(in Instruction i)
    {
        switch (i.Operation)
        {
            case Operation.AndImmediate:
                SetLogical(in i, _r[i.Rn] & LogicalImmediate(in i));
                break;
            case Operation.AndRegister:
                SetLogical(in i, _r[i.Rn] & LogicalRegister(in i));
                break;
            case Operation.BicImmediate:
                SetLogical(in i, _r[i.Rn] & ~LogicalImmediate(in i));
                break;
            case Operation.BicRegister:
                SetLogical(in i, _r[i.Rn] & ~LogicalRegister(in i));
                break;
            case Operation.OrrImmediate:
                SetLogical(in i, _r[i.Rn] | LogicalImmediate(in i));
                break;
            case Operation.OrrRegister:
                SetLogical(in i, _r[i.Rn] | LogicalRegister(in i));
                break;
            case Operation.OrnImmediate:
                SetLogical(in i, _r[i.Rn] | ~LogicalImmediate(in i));
                break;
            case Operation.OrnRegister:
                SetLogical(in i, _r[i.Rn] | ~LogicalRegister(in i));
                break;
            case Operation.EorImmediate:
                SetLogical(in i, _r[i.Rn] ^ LogicalImmediate(in i));
                break;
            case Operation.EorRegister:
                SetLogical(in i, _r[i.Rn] ^ LogicalRegister(in i));
                break;
            case Operation.MovImmediate:
                SetLogical(in i, LogicalImmediate(in i));
                break;
            case Operation.MovRegister:
                SetLogical(in i, LogicalRegister(in i));
                break;
            case Operation.MvnImmediate:
                SetLogical(in i, ~LogicalImmediate(in i));
                break;
            case Operation.MvnRegister:
                SetLogical(in i, ~LogicalRegister(in i));
                break;
            case Operation.TstImmediate:
                SetNegativeZero(_r[i.Rn] & LogicalImmediate(in i));
                break;
            case Operation.TstRegister:
                SetNegativeZero(_r[i.Rn] & LogicalRegister(in i));
                break;
            case Operation.TeqImmediate:
                SetNegativeZero(_r[i.Rn] ^ LogicalImmediate(in i));
                break;
            case Operation.TeqRegister:
                SetNegativeZero(_r[i.Rn] ^ LogicalRegister(in i));
                break;
            case Operation.AddImmediate:
                SetSum(in i, _r[i.Rn], i.Immediate, 0);
                break;
            case Operation.AddRegister:
                SetSum(in i, _r[i.Rn], Shifted(in i), 0);
                break;
            case Operation.AdcImmediate:
                SetSum(in i, _r[i.Rn], i.Immediate, _c ? 1u : 0);
                break;
            case Operation.AdcRegister:
                SetSum(in i, _r[i.Rn], Shifted(in i), _c ? 1u : 0);
                break;
            case Operation.SubImmediate:
                SetSum(in i, _r[i.Rn], ~i.Immediate, 1);
                break;
            case Operation.SubRegister:
                SetSum(in i, _r[i.Rn], ~Shifted(in i), 1);
                break;
            case Operation.SbcImmediate:
                SetSum(in i, _r[i.Rn], ~i.Immediate, _c ? 1u : 0);
                break;
            case Operation.SbcRegister:
                SetSum(in i, _r[i.Rn], ~Shifted(in i), _c ? 1u : 0);
                break;
            case Operation.RsbImmediate:
                SetSum(in i, ~_r[i.Rn], i.Immediate, 1);
                break;
            case Operation.RsbRegister:
                SetSum(in i, ~_r[i.Rn], Shifted(in i), 1);
                break;
            case Operation.CmpImmediate:
                AddWithFlags(_r[i.Rn], ~i.Immediate, 1);
                break;
            case Operation.CmpRegister:
                AddWithFlags(_r[i.Rn], ~Shifted(in i), 1);
                break;
            case Operation.CmnImmediate:
                AddWithFlags(_r[i.Rn], i.Immediate, 0);
                break;
            case Operation.CmnRegister:
                AddWithFlags(_r[i.Rn], Shifted(in i), 0);
                break;
            case Operation.LoadWordImmediate:
                LoadWord(in i, _r[i.Rn] + i.Immediate);
                break;
            case Operation.LoadWordRegister:
                LoadWord(in i, _r[i.Rn] + (_r[i.Rm] << i.Shift));
                break;
            case Operation.LoadWordLiteral:
                LoadWord(in i, (_r[15] & ~3u) + i.Immediate);
                break;
            case Operation.LoadByteImmediate:
                if (Load8(_r[i.Rn] + i.Immediate, out var byteValue))
                {
                    _r[i.Rd] = byteValue;
                }

                break;
            case Operation.LoadHalfImmediate:
                if (Load16(_r[i.Rn] + i.Immediate, out var halfValue))
                {
                    _r[i.Rd] = halfValue;
                }

                break;
            case Operation.LoadByteRegister:
                if (Load8(_r[i.Rn] + (_r[i.Rm] << i.Shift), out byteValue))
                {
                    _r[i.Rd] = byteValue;
                }

                break;
            case Operation.LoadHalfRegister:
                if (Load16(_r[i.Rn] + (_r[i.Rm] << i.Shift), out halfValue))
                {
                    _r[i.Rd] = halfValue;
                }

                break;
            case Operation.StoreWordImmediate:
                Store32(_r[i.Rn] + i.Immediate, _r[i.Rd]);
                break;
            case Operation.StoreWordRegister:
                Store32(_r[i.Rn] + (_r[i.Rm] << i.Shift), _r[i.Rd]);
                break;
            case Operation.StoreByteImmediate:
                Store8(_r[i.Rn] + i.Immediate, _r[i.Rd]);
                break;
            case Operation.StoreByteRegister:
                Store8(_r[i.Rn] + (_r[i.Rm] << i.Shift), _r[i.Rd]);
                break;
            case Operation.StoreHalfImmediate:
                Store16(_r[i.Rn] + i.Immediate, _r[i.Rd]);
                break;
            case Operation.StoreHalfRegister:
                Store16(_r[i.Rn] + (_r[i.Rm] << i.Shift), _r[i.Rd]);
                break;
            case Operation.Branch:
                Jump(_r[15] + i.Immediate);
                break;
            case Operation.BranchConditional:
                if (ConditionHolds(i.Rd))
                {
                    Jump(_r[15] + i.Immediate);
                }

                break;
            case Operation.CompareBranchZero:
                if (_r[i.Rn] == 0)
                {
                    Jump(_r[15] + i.Immediate);
                }

                break;
            case Operation.CompareBranchNonZero:
                if (_r[i.Rn] != 0)
                {
                    Jump(_r[15] + i.Immediate);
                }

                break;
            case Operation.BranchLink:
                _r[Lr] = _next | 1;
                Jump(_r[15] + i.Immediate);
                break;
            case Operation.BranchExchange:
                JumpExchange(_r[i.Rm]);
                break;
            case Operation.MovHigh:
                WriteHigh(i.Rd, _r[i.Rm]);
                break;
            case Operation.AddHigh:
                WriteHigh(i.Rd, _r[i.Rd] + _r[i.Rm]);
                break;
            case Operation.Adr:
                _r[i.Rd] = (_r[15] & ~3u) + i.Immediate;
                break;
            case Operation.LoadMultiple:
                LoadMultiple(i);
                break;
            case Operation.StoreMultiple:
                StoreMultiple(i);
                break;
            case Operation.IfThen:
                _it = i.Immediate;
                break;
            case Operation.NoOperation:
            case Operation.Barrier:
                break;
            default:
                // A copy: a store may drop the cached block that holds the instruction itself.
                var copy = i;
                ExecuteRare(in copy);
                break;
        }
    }

    private void Jump(uint target)
    {
        _next = target & ~1u;
        _cycles += 2;
    }

    /// <summary>BX and loads of the PC: an EXC_RETURN value in handler mode ends the exception, otherwise bit 0 is the new state.</summary>
    private void JumpExchange(uint target)
    {
        if (target >= 0xF000_0000 && _ipsr != 0)
        {
            ReturnFromException(target);
            return;
        }

        if ((target & 1) == 0)
        {
            SetThumb(false);
        }

        Jump(target);
    }

    private void WriteHigh(byte rd, uint value)
    {
        switch (rd)
        {
            case 15:
                Jump(value);
                break;
            case Sp:
                _r[Sp] = value & ~3u;
                break;
            default:
                _r[rd] = value;
                break;
        }
    }

    private void LoadWord(in Instruction i, uint address)
    {
        var rd = i.Rd;
        if (!Load32(address, out var value))
        {
            return;
        }

        if (rd == 15)
        {
            JumpExchange(value);
        }
        else
        {
            _r[rd] = value;
        }
    }
}
