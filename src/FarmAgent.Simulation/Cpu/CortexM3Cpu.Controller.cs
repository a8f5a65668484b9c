namespace FarmAgent.Simulation.Cpu;

/// <summary>Registers of the NVIC and of the system handlers (ARM DDI 0403, sections B3.2 and B3.4).</summary>
internal sealed partial class CortexM3Cpu
{
    // Exceptions whose state SHCSR shows, with their active and pending bits; -1 where there is none.
    private static readonly (int Exception, int Active, int Pending, int Enable)[] HandlerBits =
    [
        (ExceptionNumber.MemoryManage, 0, 13, 16),
        (ExceptionNumber.BusFault, 1, 14, 17),
        (ExceptionNumber.UsageFault, 3, 12, 18),
        (ExceptionNumber.SupervisorCall, 7, 15, -1),
        (ExceptionNumber.DebugMonitor, 8, -1, -1),
        (ExceptionNumber.PendSupervisor, 10, -1, -1),
        (ExceptionNumber.SysTick, 11, -1, -1),
    ];

    private void PendInterrupt(int number)
    {
        if (ExceptionNumber.FirstInterrupt + number < _exceptions.Count)
        {
            _exceptions.Pend(ExceptionNumber.FirstInterrupt + number);
        }
    }

    private uint ReadController(uint offset)
    {
        if (offset >= 0x400)
        {
            return ReadPriorities((int)(ExceptionNumber.FirstInterrupt + offset - 0x400));
        }

        var first = (int)(ExceptionNumber.FirstInterrupt + ((offset & 0x1C) * 8));
        var bits = 0u;
        for (var bit = 0; bit < 32 && first + bit < _exceptions.Count; bit++)
        {
            var set = (offset & ~0x7Fu) switch
            {
                0x100 or 0x180 => _exceptions.IsEnabled(first + bit),
                0x200 or 0x280 => _exceptions.IsPending(first + bit),
                _ => _exceptions.IsActive(first + bit),
            };
            bits |= set ? 1u << bit : 0;
        }

        return bits;
    }

    private void WriteController(uint offset, uint value, uint lanes)
    {
        if (offset >= 0x400)
        {
            WritePriorities((int)(ExceptionNumber.FirstInterrupt + offset - 0x400), value, lanes);
            return;
        }

        var first = (int)(ExceptionNumber.FirstInterrupt + ((offset & 0x1C) * 8));
        for (var bit = 0; bit < 32 && first + bit < _exceptions.Count; bit++)
        {
            if ((value & (1u << bit)) != 0)
            {
                WriteInterruptBit(offset & ~0x7Fu, first + bit);
            }
        }
    }

    private void WriteInterruptBit(uint bank, int exception)
    {
        switch (bank)
        {
            case 0x100:
                _exceptions.Enable(exception, true);
                break;
            case 0x180:
                _exceptions.Enable(exception, false);
                break;
            case 0x200:
                _exceptions.Pend(exception);
                break;
            case 0x280:
                _exceptions.Unpend(exception);
                break;
            default:
                break;
        }
    }

    private uint ReadPriorities(int first)
    {
        var value = 0u;
        for (var index = 0; index < 4 && first + index < _exceptions.Count; index++)
        {
            value |= (uint)_exceptions.PriorityRegister(first + index) << (8 * index);
        }

        return value;
    }

    private void WritePriorities(int first, uint value, uint lanes)
    {
        for (var index = 0; index < 4 && first + index < _exceptions.Count; index++)
        {
            if (((lanes >> (8 * index)) & 1) != 0)
            {
                _exceptions.SetPriority(first + index, (byte)(value >> (8 * index)));
            }
        }
    }

    private uint ReadSystemPriorities(uint offset) => ReadPriorities((int)(offset - 0xD18 + 4)) & SystemPriorityMask(offset);

    private void WriteSystemPriorities(uint offset, uint value, uint lanes) =>
        WritePriorities((int)(offset - 0xD18 + 4), value, lanes & SystemPriorityMask(offset));

    /// <summary>Lanes of SHPR1 to SHPR3 that belong to an exception.</summary>
    private static uint SystemPriorityMask(uint offset) => offset switch
    {
        0xD18 => 0x00FF_FFFF,
        0xD1C => 0xFF00_0000,
        _ => 0xFFFF_00FF,
    };

    private uint ReadInterruptState()
    {
        var pending = _exceptions.HighestPending();
        var interruptPending = false;
        for (var exception = ExceptionNumber.FirstInterrupt; exception < _exceptions.Count; exception++)
        {
            interruptPending |= _exceptions.IsPending(exception);
        }

        return _ipsr
            | (_exceptions.ActiveCount <= 1 ? 1u << 11 : 0)
            | ((uint)pending << 12)
            | (interruptPending ? 1u << 22 : 0)
            | (_exceptions.IsPending(ExceptionNumber.SysTick) ? 1u << 26 : 0)
            | (_exceptions.IsPending(ExceptionNumber.PendSupervisor) ? 1u << 28 : 0)
            | (_exceptions.IsPending(ExceptionNumber.NonMaskable) ? 1u << 31 : 0);
    }

    private void WriteInterruptState(uint value)
    {
        if ((value & (1u << 31)) != 0)
        {
            _exceptions.Pend(ExceptionNumber.NonMaskable);
        }

        if ((value & (1u << 28)) != 0)
        {
            _exceptions.Pend(ExceptionNumber.PendSupervisor);
        }
        else if ((value & (1u << 27)) != 0)
        {
            _exceptions.Unpend(ExceptionNumber.PendSupervisor);
        }

        if ((value & (1u << 26)) != 0)
        {
            _exceptions.Pend(ExceptionNumber.SysTick);
        }
        else if ((value & (1u << 25)) != 0)
        {
            _exceptions.Unpend(ExceptionNumber.SysTick);
        }
    }

    private uint ReadHandlerControl()
    {
        var value = 0u;
        foreach (var (exception, active, pending, enable) in HandlerBits)
        {
            value |= _exceptions.IsActive(exception) ? 1u << active : 0;
            value |= pending >= 0 && _exceptions.IsPending(exception) ? 1u << pending : 0;
            value |= enable >= 0 && _exceptions.IsEnabled(exception) ? 1u << enable : 0;
        }

        return value;
    }

    private void WriteHandlerControl(uint value)
    {
        foreach (var (exception, active, pending, enable) in HandlerBits)
        {
            _exceptions.SetActive(exception, (value & (1u << active)) != 0);
            if (enable >= 0)
            {
                _exceptions.Enable(exception, (value & (1u << enable)) != 0);
            }

            if (pending < 0)
            {
                continue;
            }

            if ((value & (1u << pending)) != 0)
            {
                _exceptions.Pend(exception);
            }
            else
            {
                _exceptions.Unpend(exception);
            }
        }
    }
}
