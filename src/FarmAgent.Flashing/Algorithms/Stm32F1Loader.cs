using System.Buffers.Binary;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Time;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>
/// Feeds the programming routine: the core is started once and takes one slot a sector from a ring in RAM, so that the next sectors cross
/// the wires while one is being erased and programmed.
/// </summary>
internal sealed class Stm32F1Loader(DebugSession session, RoutineRunner runner, FlashTarget target, RamLayout layout, uint watchdogKey, IWaiter waiter)
{
    private const uint EraseFlag = 1;
    private const uint StopFlag = 2;
    private const uint EraseAllFlag = 4;
    private const uint StopAfterFlag = 8;

    // One sector takes at most 40 ms of erasing and 1024 half-words of 70 us (DS5319 table 28).
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(10);

    private readonly LoaderPace _pace = new();

    // Tags left in RAM by an earlier run must not be taken for new ones: they count from a number of their own, which the time gives, scattered by
    // an odd factor. A bench in lockstep still does the same twice.
    private readonly uint _firstTag = unchecked((uint)waiter.Elapsed.Ticks * 2_654_435_761u);
    private uint _sent;
    private uint _done;

    /// <summary>Slots whose sectors are finished.</summary>
    public int Finished => (int)_done;

    /// <summary>Loads and starts the routine; the core must be halted and the flash controller as it is after a reset.</summary>
    public void Start()
    {
        runner.Load(
            layout.Code,
            Stm32F1Code.Program,
            target.Description.FlashRegisters,
            layout.Slots,
            (uint)target.Geometry.SectorBytes,
            layout.Results,
            _firstTag,
            layout.Slots,
            layout.SlotsEnd,
            watchdogKey);
        runner.Start(layout.Code);
    }

    /// <summary>Waits until some slots are free; more than one, so that they are filled by one transfer.</summary>
    /// <param name="wanted">Sectors that are still to be sent, at least 1.</param>
    /// <param name="isUnwanted">Asked again and again; true ends the wait.</param>
    /// <returns>How many sectors to send now.</returns>
    public int WaitForRoom(int wanted, Func<bool> isUnwanted)
    {
        var toTheEnd = layout.SlotCount - (int)(_sent % (uint)layout.SlotCount);
        var room = Math.Min(Math.Min(layout.BatchSlots, toTheEnd), wanted);
        if (!isUnwanted())
        {
            WaitInFlight(layout.SlotCount - room, isUnwanted, static () => { });
        }

        return room;
    }

    /// <summary>Hands sectors over, by one transfer: the routine takes the first while the others still come.</summary>
    /// <param name="sectors">At most as many as <see cref="WaitForRoom"/> said.</param>
    /// <param name="eraseAll">True when the whole flash is erased before the first of them.</param>
    /// <param name="areLast">True when the routine stops after them and locks the controller.</param>
    public void Send(IReadOnlyList<SectorPlan> sectors, bool eraseAll, bool areLast)
    {
        var batch = new byte[sectors.Count * layout.SlotBytes];
        for (var i = 0; i < sectors.Count; i++)
        {
            var slot = batch.AsSpan(i * layout.SlotBytes, layout.SlotBytes);
            var flags = sectors[i].Action != SectorAction.Program ? EraseFlag : 0;
            flags |= eraseAll && i == 0 ? EraseAllFlag : 0;
            flags |= areLast && i == sectors.Count - 1 ? StopAfterFlag : 0;
            BinaryPrimitives.WriteUInt32LittleEndian(slot, sectors[i].Sector.Range.Start);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[4..], flags);
            sectors[i].Content.Span.CopyTo(slot[8..]);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[^4..], _firstTag + _sent + (uint)i);
        }

        var began = waiter.Elapsed;
        session.Memory.Write(SlotAddress(_sent), batch);

        // The probe has all bytes before it hands on the first ones.
        var took = waiter.Elapsed - began;
        var arrived = began + (took / 8) + (took / sectors.Count);
        for (var i = 0; i < sectors.Count; i++)
        {
            _pace.Add(arrived, sectors[i].Content.Span, sectors[i].Action != SectorAction.Program || (eraseAll && i == 0));
        }

        _sent += (uint)sectors.Count;
    }

    /// <summary>Waits until what was sent is programmed.</summary>
    /// <param name="askToStop">Asked again and again; anything but null ends the wait.</param>
    /// <param name="finished">Called whenever sectors are finished.</param>
    /// <returns>What <paramref name="askToStop"/> gave, or null when all is done.</returns>
    public FarmException? Drain(Func<FarmException?> askToStop, Action finished)
    {
        FarmException? stop = null;
        WaitInFlight(0, () => (stop = askToStop()) is not null, finished);
        return stop;
    }

    /// <summary>
    /// Stops the routine after the sector it is at. Slots that it has not come to are turned into stop slots, so nothing more is begun; one that it
    /// takes at this very moment is still whole, and is finished.
    /// </summary>
    public void Stop()
    {
        for (var number = _done + 1; number < _sent; number++)
        {
            session.Memory.WriteWord(SlotAddress(number) + 4, StopFlag);
        }

        var slot = SlotAddress(_sent);
        session.Memory.WriteWord(slot + 4, StopFlag);
        session.Memory.WriteWord(slot + (uint)layout.SlotBytes - 4, _firstTag + _sent);
        session.Core.WaitHalted(ProgressLimit, CancellationToken.None);
        RequireStopped();
        _done = ReadDone();
    }

    private uint SlotAddress(uint number) => layout.Slots + (number % (uint)layout.SlotCount * (uint)layout.SlotBytes);

    private uint ReadDone() => session.Memory.ReadWord(layout.Results) - (_firstTag - 1);

    /// <summary>
    /// Waits until at most so many slots are sent and not finished, or nobody wants them any more. How long that takes is known well enough to sleep
    /// until then: each look costs the bus time that the next sector could use.
    /// </summary>
    private void WaitInFlight(int inFlight, Func<bool> isUnwanted, Action finished)
    {
        var end = waiter.Elapsed + ProgressLimit;
        while (_sent - _done > (uint)inFlight)
        {
            if (!Sleep(Math.Min((int)(_sent - _done) - inFlight, layout.BatchSlots), isUnwanted))
            {
                return;
            }

            var now = ReadDone();
            if (now > _done && now <= _sent)
            {
                _pace.Finished(waiter.Elapsed, (int)(now - _done));
                _done = now;
                end = waiter.Elapsed + ProgressLimit;
                finished();
                continue;
            }

            _pace.Missed(waiter.Elapsed);
            if (session.Core.ReadState().IsHalted)
            {
                RequireStopped();
            }

            if (waiter.Elapsed >= end)
            {
                session.Core.Halt();
                throw new FlashException(
                    "FLASH_STALLED",
                    $"The loader finished no sector for {ProgressLimit.TotalSeconds:0} s; it was at 0x{session.Core.ReadRegister(CoreRegister.Pc):X8}. "
                    + "Switch the target off and on, and flash again.",
                    null,
                    []);
            }
        }
    }

    /// <summary>Sleeps until so many sectors should be finished, and asks on the way whether they are still wanted.</summary>
    private bool Sleep(int sectors, Func<bool> isUnwanted)
    {
        var until = _pace.ExpectedAfter(sectors);
        while (true)
        {
            if (isUnwanted())
            {
                return false;
            }

            var left = until - waiter.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                return true;
            }

            waiter.Wait(left < LoaderPace.LongestNap ? left : LoaderPace.LongestNap, CancellationToken.None);
        }
    }

    private void RequireStopped()
    {
        var at = runner.RequireStoppedAt(
            layout.Code + Stm32F1Code.ProgramStop, layout.Code + Stm32F1Code.ProgramFailed, layout.Code + Stm32F1Code.ProgramLocked);
        if (at == layout.Code + Stm32F1Code.ProgramStop)
        {
            return;
        }

        if (at == layout.Code + Stm32F1Code.ProgramLocked)
        {
            throw new FlashException(
                "FLASH_LOCKED",
                "The flash controller stays locked after both keys were written; it does so until the next reset once it saw a wrong key. "
                + "Reset the target.",
                null,
                []);
        }

        session.Probe.Resynchronise();
        var status = (FlashStatus)session.Core.ReadRegister(CoreRegister.R0);
        var address = session.Core.ReadRegister(CoreRegister.R1);
        var cause = status.HasFlag(FlashStatus.WriteProtected)
            ? "the sector is write-protected. Check the WRP option bytes."
            : "the half-word was not erased. Flash again; if this comes back, the flash is worn out or the chip is a copy with other sectors.";
        throw new FlashException(
            "FLASH_PROGRAM_FAILED",
            $"Programming failed at 0x{address:X8}: FLASH_SR = 0x{(uint)status:X2}: {cause}",
            address,
            []);
    }
}
