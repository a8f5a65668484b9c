using System.Buffers.Binary;
using System.Numerics;
using FarmAgent.Simulation.Cpu.Decoding;

namespace FarmAgent.Simulation.Cpu;

/// <summary>Operations that a program executes less often.</summary>
internal sealed partial class CortexM3Cpu
{
    private void ExecuteRare(in Instruction i)
    {
        switch (i.Operation)
        {
            case Operation.ShiftByRegister:
                ShiftByRegister(in i);
                break;
            case Operation.MoveTop:
                _r[i.Rd] = (_r[i.Rd] & 0xFFFF) | (i.Immediate << 16);
                break;
            case Operation.Multiply:
                SetLogical(in i, _r[i.Rn] * _r[i.Rm]);
                break;
            case Operation.MultiplyAdd:
                _r[i.Rd] = _r[i.Ra] + (_r[i.Rn] * _r[i.Rm]);
                break;
            case Operation.MultiplySubtract:
                _r[i.Rd] = _r[i.Ra] - (_r[i.Rn] * _r[i.Rm]);
                break;
            case Operation.MultiplyLong:
                MultiplyLong(in i, signed: false, accumulate: false);
                break;
            case Operation.MultiplyAddLong:
                MultiplyLong(in i, signed: false, accumulate: true);
                break;
            case Operation.MultiplyLongSigned:
                MultiplyLong(in i, signed: true, accumulate: false);
                break;
            case Operation.MultiplyAddLongSigned:
                MultiplyLong(in i, signed: true, accumulate: true);
                break;
            case Operation.DivideSigned:
                Divide(in i, signed: true);
                break;
            case Operation.DivideUnsigned:
                Divide(in i, signed: false);
                break;
            case Operation.BitFieldInsert:
                _r[i.Rd] = (_r[i.Rd] & ~i.Immediate) | ((_r[i.Rn] << i.Ra) & i.Immediate);
                break;
            case Operation.BitFieldClear:
                _r[i.Rd] &= ~i.Immediate;
                break;
            case Operation.BitFieldExtractSigned:
                _r[i.Rd] = Extract(_r[i.Rn], i.Ra, (int)i.Immediate, signed: true);
                break;
            case Operation.BitFieldExtractUnsigned:
                _r[i.Rd] = Extract(_r[i.Rn], i.Ra, (int)i.Immediate, signed: false);
                break;
            case Operation.SaturateSigned:
                Saturate(in i, signed: true);
                break;
            case Operation.SaturateUnsigned:
                Saturate(in i, signed: false);
                break;
            case Operation.ExtendSignedByte:
                _r[i.Rd] = (uint)(sbyte)Rotated(in i);
                break;
            case Operation.ExtendSignedHalf:
                _r[i.Rd] = (uint)(short)Rotated(in i);
                break;
            case Operation.ExtendByte:
                _r[i.Rd] = (byte)Rotated(in i);
                break;
            case Operation.ExtendHalf:
                _r[i.Rd] = (ushort)Rotated(in i);
                break;
            case Operation.CountLeadingZeros:
                _r[i.Rd] = (uint)BitOperations.LeadingZeroCount(_r[i.Rm]);
                break;
            case Operation.ReverseBits:
                _r[i.Rd] = ReverseBits(_r[i.Rm]);
                break;
            case Operation.ReverseBytes:
                _r[i.Rd] = BinaryPrimitives.ReverseEndianness(_r[i.Rm]);
                break;
            case Operation.ReverseBytesInHalves:
                _r[i.Rd] = BitOperations.RotateLeft(BinaryPrimitives.ReverseEndianness(_r[i.Rm]), 16);
                break;
            case Operation.ReverseBytesSigned:
                _r[i.Rd] = (uint)(short)BinaryPrimitives.ReverseEndianness((ushort)_r[i.Rm]);
                break;
            default:
                ExecuteTransferOrControl(in i);
                break;
        }
    }

    private void ExecuteTransferOrControl(in Instruction i)
    {
        switch (i.Operation)
        {
            case Operation.LoadSignedByteImmediate:
                Transfer(TransferKind.LoadSignedByte, _r[i.Rn] + i.Immediate, i.Rd);
                break;
            case Operation.LoadSignedHalfImmediate:
                Transfer(TransferKind.LoadSignedHalf, _r[i.Rn] + i.Immediate, i.Rd);
                break;
            case Operation.LoadSignedByteRegister:
                Transfer(TransferKind.LoadSignedByte, _r[i.Rn] + (_r[i.Rm] << i.Shift), i.Rd);
                break;
            case Operation.LoadSignedHalfRegister:
                Transfer(TransferKind.LoadSignedHalf, _r[i.Rn] + (_r[i.Rm] << i.Shift), i.Rd);
                break;
            case Operation.LoadLiteral:
                Transfer((TransferKind)i.Ra, (_r[15] & ~3u) + i.Immediate, i.Rd);
                break;
            case Operation.TransferIndexed:
                TransferIndexed(in i);
                break;
            case Operation.LoadDual:
                LoadDual(in i);
                break;
            case Operation.StoreDual:
                StoreDual(in i);
                break;
            case Operation.LoadExclusive:
                LoadExclusive(in i);
                break;
            case Operation.StoreExclusive:
                StoreExclusive(in i);
                break;
            case Operation.ClearExclusive:
                _exclusive = false;
                break;
            case Operation.TableBranchByte:
                TableBranch(in i, half: false);
                break;
            case Operation.TableBranchHalf:
                TableBranch(in i, half: true);
                break;
            case Operation.BranchLinkExchange:
                var target = _r[i.Rm];
                _r[Lr] = _next | 1;
                if ((target & 1) == 0)
                {
                    SetThumb(false);
                }

                Jump(target);
                break;
            default:
                ExecuteSystem(in i);
                break;
        }
    }

    private uint Rotated(in Instruction i) => BitOperations.RotateRight(_r[i.Rm], i.Shift & 31);

    private static uint ReverseBits(uint value)
    {
        value = ((value >> 1) & 0x5555_5555) | ((value & 0x5555_5555) << 1);
        value = ((value >> 2) & 0x3333_3333) | ((value & 0x3333_3333) << 2);
        value = ((value >> 4) & 0x0F0F_0F0F) | ((value & 0x0F0F_0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(value);
    }
}
