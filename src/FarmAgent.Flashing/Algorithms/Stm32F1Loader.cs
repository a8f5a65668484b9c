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
internal sealed class Stm32F1Loader(DebugSession session, FlashTarget target, RamLayout layout, uint watchdogKey, IWaiter waiter)
{
    private const uint EraseFlag = 1;
    private const uint StopFlag = 2;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(4);

    // One sector takes at most 40 ms of erasing and 1024 half-words of 70 us (DS5319 table 28).
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(10);

    private readonly RoutineRunner _runner = new(session);
    private readonly byte[] _slot = new byte[layout.SlotBytes];
    private uint _sent;
    private uint _done;

    /// <summary>Slots whose sectors are finished.</summary>
    public int Finished => (int)_done;

    /// <summary>Loads and starts the routine; the core must be halted and the flash controller unlocked.</summary>
    public void Start()
    {
        // Tags left by an earlier run must not be taken for new ones: they count from 1, and the ring starts with zeros.
        for (var i = 0; i < layout.SlotCount; i++)
        {
            session.Memory.WriteWord(SlotAddress((uint)i) + (uint)layout.SlotBytes - 4, 0);
        }

        session.Memory.WriteWord(layout.Results, 0);
        _runner.Load(layout.Code, Stm32F1Code.Program);
        _runner.Start(
            layout.Code,
            (CoreRegister.R0, target.Description.FlashRegisters),
            (CoreRegister.R1, layout.Slots),
            (CoreRegister.R2, (uint)target.Geometry.SectorBytes),
            (CoreRegister.R3, layout.Results),
            (CoreRegister.R4, 1u),
            (CoreRegister.R8, layout.Slots),
            (CoreRegister.R9, layout.SlotsEnd),
            (CoreRegister.R10, watchdogKey));
    }

    /// <summary>Hands one sector over; waits for a free slot first.</summary>
    public void Send(SectorPlan sector)
    {
        WaitForRoom(layout.SlotCount - 1, static () => false, static () => { });
        BinaryPrimitives.WriteUInt32LittleEndian(_slot, sector.Sector.Range.Start);
        BinaryPrimitives.WriteUInt32LittleEndian(_slot.AsSpan(4), sector.Action == SectorAction.Program ? 0 : EraseFlag);
        sector.Content.Span.CopyTo(_slot.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(_slot.AsSpan(layout.SlotBytes - 4), _sent + 1);
        session.Memory.Write(SlotAddress(_sent), _slot);
        _sent++;
    }

    /// <summary>Waits until what was sent is programmed.</summary>
    /// <param name="askToStop">Asked again and again; anything but null ends the wait.</param>
    /// <param name="finished">Called whenever a sector is finished.</param>
    /// <returns>What <paramref name="askToStop"/> gave, or null when all is done.</returns>
    public FarmException? Drain(Func<FarmException?> askToStop, Action finished)
    {
        FarmException? stop = null;
        WaitForRoom(0, () => (stop = askToStop()) is not null, finished);
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
        session.Memory.WriteWord(slot + (uint)layout.SlotBytes - 4, _sent + 1);
        session.Core.WaitHalted(ProgressLimit, CancellationToken.None);
        RequireStopped();
        _done = session.Memory.ReadWord(layout.Results);
    }

    private uint SlotAddress(uint number) => layout.Slots + (number % (uint)layout.SlotCount * (uint)layout.SlotBytes);

    /// <summary>Waits until at most so many slots are sent and not finished, or nobody wants them any more.</summary>
    private void WaitForRoom(int inFlight, Func<bool> isUnwanted, Action finished)
    {
        var end = waiter.Elapsed + ProgressLimit;
        while (_sent - _done > (uint)inFlight)
        {
            var now = session.Memory.ReadWord(layout.Results);
            if (now > _done && now <= _sent)
            {
                _done = now;
                end = waiter.Elapsed + ProgressLimit;
                finished();
                continue;
            }

            if (isUnwanted())
            {
                return;
            }

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

            waiter.Wait(PollInterval, CancellationToken.None);
        }
    }

    private void RequireStopped()
    {
        var at = _runner.RequireStoppedAt(layout.Code + Stm32F1Code.ProgramStop, layout.Code + Stm32F1Code.ProgramFailed);
        if (at == layout.Code + Stm32F1Code.ProgramStop)
        {
            return;
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
