using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Programming and erasing, with their times, protection and what breaks them off.</summary>
internal sealed partial class Stm32F1FlashController
{
    private const int PagesPerProtectionBit = 4;

    private readonly Queue<(FlashArea Area, int Offset, ushort Value)> _waiting = new();
    private FlashOperation? _operation;
    private IDisposable? _end;
    private long _endsAt;
    private bool _isHeld;

    /// <summary>
    /// Asked for each half-word of main memory when its programming starts; true keeps the controller busy with it until
    /// <see cref="ReleaseHold"/>.
    /// </summary>
    public Func<bool>? HoldsHalfWord { get; set; }

    /// <summary>Called when a held operation was broken off by a reset.</summary>
    public Action? HeldOperationBroken { get; set; }

    /// <summary>Lets a held half-word go on: it takes its time from now.</summary>
    public void ReleaseHold()
    {
        if (_isHeld)
        {
            _isHeld = false;
            ScheduleEnd();
        }
    }

    /// <summary>A write to the cells by the core or by the debugger.</summary>
    internal BusResponse WriteArray(FlashArea area, uint offset, int width, uint value, BusMaster master)
    {
        NoteDebugger(master);
        var wanted = area == FlashArea.Main ? FlashControl.Program : FlashControl.OptionProgram;
        if (width != 2 || !_lock.IsOpen || !Control.HasFlag(wanted))
        {
            return BusResponse.Error;
        }

        if (IsBusy && !AwaitEnd(master))
        {
            if (master != BusMaster.Debugger)
            {
                return BusResponse.Okay;
            }

            // The bench stands still: the write waits in the bus as it would, and is done when the operation before it has ended.
            _waiting.Enqueue((area, (int)offset, (ushort)value));
            return BusResponse.Okay;
        }

        StartProgramming(area, (int)offset, (ushort)value);
        return BusResponse.Okay;
    }

    private void StartProgramming(FlashArea area, int offset, ushort value)
    {
        const FlashControl others = FlashControl.PageErase | FlashControl.MassErase | FlashControl.OptionErase;
        if (area == FlashArea.Options)
        {
            StartOptionProgramming(offset, (byte)value);
        }
        else if (IsWriteProtected(offset))
        {
            Fail(FlashStatus.WriteProtectionError);
        }
        else if ((Control & others) != FlashControl.None || (_main.Read(offset) != NorFlashArray.Erased && value != 0))
        {
            Fail(FlashStatus.ProgrammingError);
        }
        else
        {
            Start(new FlashOperation(area, offset, 2, value, Timing.Program), canBeHeld: true);
        }
    }

    private void StartOptionProgramming(int offset, byte value)
    {
        if (!_optionLock.IsOpen)
        {
            Fail(FlashStatus.WriteProtectionError);
            return;
        }

        var cells = OptionBytes.WithComplement(value);
        if (_optionBytes.Cells.Read(offset) != NorFlashArray.Erased)
        {
            Fail(FlashStatus.ProgrammingError);
            return;
        }

        // Taking the read protection away costs the whole main memory (PM0075 section 2.4.1).
        var erasesMain = offset == 0 && value == OptionBytes.NoReadProtection && IsReadProtected;
        Start(new FlashOperation(FlashArea.Options, offset, 2, cells, erasesMain ? Timing.Program + Timing.MassErase : Timing.Program));
        if (erasesMain)
        {
            _main.Erase(0, FlashSize);
            MainMemory.NoteChanged(0, (uint)FlashSize);
        }
    }

    private void StartErase()
    {
        if (IsBusy)
        {
            return;
        }

        const FlashControl kinds = FlashControl.Program | FlashControl.PageErase | FlashControl.MassErase
            | FlashControl.OptionProgram | FlashControl.OptionErase;
        switch (Control & kinds)
        {
            case FlashControl.PageErase:
                StartPageErase();
                break;
            case FlashControl.MassErase when _writeProtection.Value != uint.MaxValue:
                Fail(FlashStatus.WriteProtectionError);
                break;
            case FlashControl.MassErase:
                Start(new FlashOperation(FlashArea.Main, 0, FlashSize, null, Timing.MassErase));
                break;
            case FlashControl.OptionErase when _optionLock.IsOpen:
                Start(new FlashOperation(FlashArea.Options, 0, OptionBytes.Size, null, Timing.PageErase));
                break;
            default:
                _notices.Add(Name, $"STRT was set with FLASH_CR = 0x{_control.Value:X8}: exactly one of PER, MER, OPTER (with OPTWRE) starts an erase");
                break;
        }
    }

    private void StartPageErase()
    {
        // The boot alias names the same cells as 0x08000000.
        var offset = (int)(_address.Value & ~0x0800_0000u);
        if (offset < 0 || offset >= FlashSize)
        {
            _notices.Add(Name, $"page erase at 0x{_address.Value:X8}, where there is no flash; nothing was erased");
        }
        else if (IsWriteProtected(offset))
        {
            Fail(FlashStatus.WriteProtectionError);
        }
        else
        {
            Start(new FlashOperation(FlashArea.Main, offset / PageSize * PageSize, PageSize, null, Timing.PageErase));
        }
    }

    /// <summary>
    /// Protected by option bytes, or by read protection: that keeps the first pages from everybody, and with a debugger there all pages from
    /// everything but a mass erase (PM0075 section 2.4.1).
    /// </summary>
    private bool IsWriteProtected(int offset)
    {
        var bit = offset / PageSize / PagesPerProtectionBit;
        return (_writeProtection.Value & (1u << bit)) == 0 || (IsReadProtected && (bit == 0 || _debuggerSeen));
    }

    private void Fail(FlashStatus error)
    {
        _status.Assign((uint)error, true);
        UpdateInterrupt();
    }

    private void Start(FlashOperation operation, bool canBeHeld = false)
    {
        _operation = operation;
        _status.Assign((uint)FlashStatus.Busy, true);
        _control.Assign((uint)FlashControl.Start, operation.Value is null);
        UpdateGates();
        _isHeld = canBeHeld && HoldsHalfWord?.Invoke() == true;
        if (!_isHeld)
        {
            ScheduleEnd();
        }
    }

    private void ScheduleEnd()
    {
        _endsAt = _timeline.Now + _operation!.Duration;
        _end = _timeline.Schedule(_endsAt, End);
    }

    private void End()
    {
        var operation = _operation!;
        var cells = CellsOf(operation.Area);
        if (operation.Value is { } value)
        {
            cells.Program(operation.Start, value);
        }
        else
        {
            cells.Erase(operation.Start, operation.Length);
        }

        NoteChanged(operation);
        _status.Assign((uint)FlashStatus.EndOfOperation, true);
        BecomeIdle();
        if (_waiting.TryDequeue(out var next))
        {
            StartProgramming(next.Area, next.Offset, next.Value);
        }
    }

    /// <summary>A reset in the middle: the cells under work are undefined (PM0075 section 2.3.3).</summary>
    private void BreakOff()
    {
        _waiting.Clear();
        if (_operation is not { } operation)
        {
            return;
        }

        var cells = CellsOf(operation.Area);
        if (operation.Value is { } value)
        {
            cells.ProgramPartly(operation.Start, value);
        }
        else
        {
            cells.ErasePartly(operation.Start, operation.Length);
        }

        NoteChanged(operation);
        _notices.Add(Name, $"a reset broke an operation off: {operation.Area} cells from offset 0x{operation.Start:X4}, {operation.Length} bytes, are undefined");
        var wasHeld = _isHeld;
        BecomeIdle();
        if (wasHeld)
        {
            HeldOperationBroken?.Invoke();
        }
    }

    private void BecomeIdle()
    {
        _end?.Dispose();
        _end = null;
        _operation = null;
        _isHeld = false;
        _status.Assign((uint)FlashStatus.Busy, false);
        _control.Assign((uint)FlashControl.Start, false);
        UpdateGates();
        UpdateInterrupt();
    }

    private NorFlashArray CellsOf(FlashArea area) => area == FlashArea.Main ? _main : _optionBytes.Cells;

    private void NoteChanged(FlashOperation operation) =>
        (operation.Area == FlashArea.Main ? MainMemory : OptionMemory).NoteChanged((uint)operation.Start, (uint)operation.Length);
}
