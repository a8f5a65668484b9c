using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Who may read the cells, and when: the bus waits while the controller is busy, and read protection turns debuggers away.</summary>
internal sealed partial class Stm32F1FlashController
{
    /// <summary>How long a core waits before it asks again, where the end of the operation is not known because the bench stands still.</summary>
    private const long RetryCycles = 1_000;

    private const uint OptionStart = 0x1FFF_F800;

    /// <summary>About the time in which an adapter repeats a transfer that answers WAIT.</summary>
    private const long AdapterPatience = 200 * BenchTime.Microsecond;

    private bool _debuggerSeen;

    internal BusResponse BeforeRead(FlashArea area, BusMaster master)
    {
        NoteDebugger(master);
        if (IsBusy)
        {
            AwaitEnd(master);
        }

        return area == FlashArea.Main && IsReadProtected && _debuggerSeen ? BusResponse.Error : BusResponse.Okay;
    }

    /// <summary>
    /// True while a debugger's access to the cells would keep the bus waiting for so long that its adapter gives up: it sees WAIT. A half-word's end
    /// comes within the adapter's own tries; an operation that is held stands still with the whole bench instead.
    /// </summary>
    /// <param name="address">Where the access goes.</param>
    public bool Stalls(uint address) => IsBusy && !_isHeld && _endsAt - _timeline.Now > AdapterPatience
        && ((address & ~0x0800_0000u) < FlashSize || address - OptionStart < OptionBytes.Size);

    /// <summary>Holds the bus until the operation has ended.</summary>
    /// <returns>True if it has; false if the core has to come again, or the bench stands still.</returns>
    private bool AwaitEnd(BusMaster master)
    {
        var left = _isHeld ? 0 : Math.Max(0, _endsAt - _timeline.Now);
        if (master == BusMaster.Debugger)
        {
            // An event due within the same cycle runs a moment later.
            _timeline.Spend(left + 1);
            return !IsBusy;
        }

        if (master == BusMaster.Dma)
        {
            return false;
        }

        _bus.StallCore(_isHeld ? RetryCycles : _clocks.HclkCycles(left));
        return false;
    }

    /// <summary>Read protection closes the flash as soon as a debugger is there, and until the next power-on (PM0075 section 2.4.1).</summary>
    private void NoteDebugger(BusMaster master)
    {
        if (master == BusMaster.Debugger && !_debuggerSeen)
        {
            _debuggerSeen = true;
            UpdateGates();
        }
    }

    /// <summary>Reads are only asked about while there is a reason to: code runs from the plain array otherwise.</summary>
    private void UpdateGates()
    {
        MainMemory.Gate = IsBusy || IsReadProtected ? MainPort : null;
        OptionMemory.Gate = IsBusy ? OptionPort : null;
    }
}
