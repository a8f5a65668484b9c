using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu.Decoding;

namespace FarmAgent.Simulation.Cpu;

/// <summary>Fetching: finds decoded instructions and executes them until the cycle limit.</summary>
internal sealed partial class CortexM3Cpu
{
    private Instruction[] _code = [];
    private CodeCache? _codeCache;
    private uint _codeStart;
    private uint _codeSize;

    private void Interpret()
    {
        while (_cycles < _limit)
        {
            var offset = _pc - _codeStart;
            if (offset >= _codeSize)
            {
                SelectCode();
                continue;
            }

            Step(offset);
        }
    }

    private void Step(uint offset)
    {
        ref var instruction = ref _code[offset >> 1];
        if (instruction.Operation <= Operation.DebugMatch)
        {
            ExecuteSpecial(offset);
            return;
        }

        _r[15] = _pc + 4;
        _next = _pc + instruction.Size;
        _cycles += instruction.Cycles;
        if (_it == 0)
        {
            Execute(in instruction);
        }
        else
        {
            ExecuteInBlock(instruction);
        }

        _pc = _next;
    }

    /// <summary>What is not a plain instruction: not decoded yet, not defined, or watched by the debug units.</summary>
    private void ExecuteSpecial(uint offset)
    {
        switch (_code[offset >> 1].Operation)
        {
            case Operation.Undecoded:
                DecodeAt(offset);
                break;
            case Operation.DebugMatch:
                MeetDebugMatch(offset);
                break;
            case Operation.NoCoprocessor:
                RefuseInstruction(FaultCause.NoCoprocessor);
                break;
            default:
                RefuseInstruction(FaultCause.UndefinedInstruction);
                break;
        }
    }

    private void RefuseInstruction(FaultCause cause)
    {
        // An instruction whose condition fails does nothing, even an undefined one.
        if (_it != 0 && !ConditionHolds(_it >> 4))
        {
            _pc += 4u - (ReadHalf(_pc) < 0xE800 ? 2u : 0u);
            AdvanceIt();
            _cycles++;
            return;
        }

        _next = _pc;
        UsageFault(cause);
        _cycles++;
    }

    private void MeetDebugMatch(uint offset)
    {
        var breakpoint = _breakpoints.Matches(_pc);
        if (_debug.Enabled && (breakpoint || _watchpoints.MatchesProgramCounter(_pc)))
        {
            Halt(breakpoint ? DebugFault.Breakpoint : DebugFault.Watchpoint);
            return;
        }

        // Another alias of the same bytes, or nobody debugs: the instruction itself runs.
        var cached = _code[offset >> 1];
        _code[offset >> 1] = Decode(_pc);
        Step(offset);
        if (_code.Length > offset >> 1)
        {
            _code[offset >> 1] = cached;
        }
    }

    private void ExecuteInBlock(Instruction instruction)
    {
        var before = _it;
        var condition = _it >> 4;
        AdvanceIt();
        // BKPT is unconditional (section A7.7.17).
        if (!ConditionHolds(condition) && instruction.Operation != Operation.Breakpoint)
        {
            _cycles += 1 - instruction.Cycles;
            return;
        }

        _aborted = false;
        if (instruction.Flags == FlagUpdate.OutsideIfThen)
        {
            var (n, z, c, v) = (_n, _z, _c, _v);
            Execute(in instruction);
            (_n, _z, _c, _v) = (n, z, c, v);
        }
        else
        {
            Execute(in instruction);
        }

        if (_aborted)
        {
            _it = before;
        }
    }

    private void AdvanceIt() => _it = (_it & 7) == 0 ? 0 : (_it & 0xE0) | ((_it << 1) & 0x1F);

    private bool ConditionHolds(uint condition)
    {
        var negative = (int)_n < 0;
        var zero = _z == 0;
        var holds = (condition >> 1) switch
        {
            0 => zero,
            1 => _c,
            2 => negative,
            3 => _v,
            4 => _c && !zero,
            5 => negative == _v,
            6 => negative == _v && !zero,
            _ => true,
        };
        return (condition & 1) == 0 || condition >= 14 ? holds : !holds;
    }

    /// <summary>Makes the memory under the program counter the current one, or faults.</summary>
    private void SelectCode()
    {
        _next = _pc;
        if (!_thumb)
        {
            UsageFault(FaultCause.InvalidState);
            return;
        }

        if (_bus.Find(_pc) is not { Memory: { } memory } mapping)
        {
            InstructionFault();
            return;
        }

        memory.GateChanged ??= DropWindows;
        _codeCache = memory.DecodedCode as CodeCache;
        if (_codeCache is null)
        {
            _codeCache = new CodeCache(memory.Bytes.Length);
            memory.DecodedCode = _codeCache;
        }

        _code = _codeCache.Entries;
        _codeStart = mapping.Start;
        if (memory.Gate is { } gate)
        {
            StepThroughGate(gate, _pc - mapping.Start);
            return;
        }

        _codeSize = mapping.Size;
    }

    private void StepThroughGate(IMemoryGate gate, uint offset)
    {
        var response = gate.BeforeRead(offset, 2, BusMaster.Fetch);
        if (TakeStall())
        {
            return;
        }

        if (response == BusResponse.Error)
        {
            InstructionFault();
            return;
        }

        Step(offset);
    }

    private void DecodeAt(uint offset)
    {
        var cache = _codeCache!;
        if (IsWatched(offset))
        {
            cache.Fill(offset, new Instruction { Operation = Operation.DebugMatch });
            return;
        }

        cache.Fill(offset, Decode(_pc));
    }

    private Instruction Decode(uint address)
    {
        var first = ReadHalf(address);
        return Thumb16Decoder.IsPrefix(first) ? Thumb32Decoder.Decode(first, ReadHalf(address + 2)) : Thumb16Decoder.Decode(first);
    }

    /// <summary>True if a breakpoint or PC match lies on these bytes under any of their addresses.</summary>
    private bool IsWatched(uint offset)
    {
        if (!_breakpoints.IsActive && !_watchpoints.WatchesCode)
        {
            return false;
        }

        var memory = _bus.Find(_pc)?.Memory;
        return IsWatchedAt(_pc) || IsWatchedAt(offset) || _bus.Mappings.Any(m => m.Memory == memory && IsWatchedAt(m.Start + offset));
    }

    private bool IsWatchedAt(uint address) => _breakpoints.Matches(address) || _watchpoints.MatchesProgramCounter(address);

    private uint ReadHalf(uint address)
    {
        // Past the end of a memory the second half-word of an instruction reads as zero.
        if (_bus.Find(address) is { Memory: { } memory } mapping)
        {
            var offset = address - mapping.Start;
            return (uint)(memory.Bytes[offset] | (memory.Bytes[offset + 1] << 8));
        }

        return 0;
    }

    private void ForgetDecodedCode()
    {
        foreach (var mapping in _bus.Mappings)
        {
            (mapping.Memory?.DecodedCode as CodeCache)?.Clear();
        }

        DropWindows();
        Attend();
    }
}
