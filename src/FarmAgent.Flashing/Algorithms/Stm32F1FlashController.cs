using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware.Time;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Algorithms;

/// <summary>The STM32F1 flash controller, driven register by register: protection, lock, and erasing without a loader (PM0075 section 2.3).</summary>
internal sealed class Stm32F1FlashController(DebugSession session, FlashTarget target, IWaiter waiter)
{
    /// <summary>One write protection bit covers this many bytes; the last bit all the rest (PM0075 section 2.4.2).</summary>
    private const int ProtectionUnit = 4096;
    private const int ProtectionBits = 32;
    private const uint OptionBytesStart = 0x1FFF_F800;

    // The data sheet's limit is 40 ms (DS5319 table 28).
    private static readonly TimeSpan EraseLimit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    private readonly uint _base = target.Description.FlashRegisters;
    private readonly DecisiveReads _decisive = new(session);

    /// <summary>True when the hardware watchdog runs from reset on (option bit WDG_SW is 0).</summary>
    public bool HasHardwareWatchdog => !(_options ??= ReadOptions()).HasFlag(OptionByteStatus.SoftwareWatchdog);

    /// <summary>True when no sector was write-protected when <see cref="RequireUnprotected"/> looked.</summary>
    public bool NothingIsProtected { get; private set; }

    private IMemoryAccess Memory => session.Memory;

    // They change with a reset only, which loads them anew from where they are kept.
    private OptionByteStatus? _options;

    private OptionByteStatus ReadOptions() => (OptionByteStatus)Memory.ReadWord(_base + FlashRegisters.OptionBytes);

    /// <summary>Refuses what is protected, before anything is written.</summary>
    /// <exception cref="TargetException"><c>READ_PROTECTED</c>, <c>WRITE_PROTECTED</c>, or <c>TARGET_HELD_IN_RESET</c> where registers say nothing.</exception>
    public void RequireUnprotected(IReadOnlyList<FlashSector> sectors)
    {
        var options = _decisive.Read(_base + FlashRegisters.OptionBytes, IsReadProtected);
        _options = (OptionByteStatus)options;
        if (IsReadProtected(options))
        {
            session.Core.RequireOutOfReset();
            throw new TargetException(
                "READ_PROTECTED",
                "The chip's read protection is on (FLASH_OBR.RDPRT = 1), so its flash can neither be read nor programmed. Nothing was written. "
                + "Remove the protection, which erases the whole chip, and switch the target off and on.");
        }

        var bits = _decisive.Read(_base + FlashRegisters.WriteProtection, b => sectors.Any(s => IsWriteProtected(s, b)));
        NothingIsProtected = bits == uint.MaxValue;
        var ranges = AddressRange.Merge(sectors.Where(s => IsWriteProtected(s, bits)).Select(s => s.Range));
        if (ranges.Count > 0)
        {
            session.Core.RequireOutOfReset();
            var exception = new TargetException(
                "WRITE_PROTECTED",
                $"{string.Join(", ", ranges)} is write-protected (FLASH_WRPR = 0x{bits:X8}). Nothing was written. "
                + "Clear the WRP option bytes, or use an image that leaves these sectors alone.");
            exception.With("protected", string.Join(", ", ranges));
            throw exception;
        }
    }

    /// <summary>The option bytes as they are in force.</summary>
    public OptionBytes ReadOptionBytes() => NewOptionBytes().Read();

    /// <summary>Writes all option bytes; the controller must be unlocked. They come into force with the next reset.</summary>
    /// <exception cref="FlashException">It did not end (<c>FLASH_STALLED</c>).</exception>
    public void WriteOptionBytes(OptionBytes wanted)
    {
        NewOptionBytes().Write(wanted);
        _options = null;
    }

    /// <summary>The 4 KiB units that a mask of the option bytes protects, as ranges of this flash.</summary>
    public IReadOnlyList<AddressRange> ProtectedRanges(uint bits) =>
        AddressRange.Merge(target.Geometry.SectorsOf(target.Geometry.Range).Where(s => IsWriteProtected(s, bits)).Select(s => s.Range));

    /// <summary>The mask that protects all units which these ranges touch.</summary>
    public uint ProtectionOf(IEnumerable<AddressRange> ranges) =>
        ranges.SelectMany(target.Geometry.SectorsOf).Aggregate(uint.MaxValue, (bits, s) => bits & ~(1u << ProtectionBit(s)));

    private Stm32F1OptionBytes NewOptionBytes() => new(Memory, _base, () => WaitIdle(OptionBytesStart));

    /// <summary>Unlocks programming and erasing; the core must be halted.</summary>
    /// <exception cref="FlashException">It stays locked (<c>FLASH_LOCKED</c>).</exception>
    public void Unlock()
    {
        WaitIdle(target.Geometry.Base);
        var keysWritten = IsSetLocked(Memory.ReadWord(_base + FlashRegisters.Control));
        if (keysWritten)
        {
            WriteKeys();
        }

        var isLocked = IsLocked;
        if (isLocked && !keysWritten)
        {
            // The first look saw another register's reply. Only now: keys that meet an unlocked controller lock it until the next reset.
            WriteKeys();
            isLocked = IsLocked;
        }

        if (isLocked)
        {
            throw new FlashException(
                "FLASH_LOCKED",
                "The flash controller stays locked after both keys were written; it does so until the next reset once it saw a wrong key. "
                + "Nothing was written. Reset the target and flash again.",
                null,
                []);
        }

        Memory.WriteWord(_base + FlashRegisters.Status, (uint)FlashStatus.Flags);
        Memory.WriteWord(_base + FlashRegisters.Control, 0);
    }

    /// <summary>Locks the controller, also after an operation that was cut off.</summary>
    public void Lock()
    {
        Memory.WriteWord(_base + FlashRegisters.Control, (uint)FlashControl.Lock);
    }

    /// <summary>Erases one sector.</summary>
    /// <exception cref="FlashException">It failed or did not end (<c>FLASH_ERASE_FAILED</c>, <c>FLASH_STALLED</c>).</exception>
    public void EraseSector(FlashSector sector)
    {
        Memory.WriteWord(_base + FlashRegisters.Status, (uint)FlashStatus.Flags);
        Memory.WriteWord(_base + FlashRegisters.Control, (uint)FlashControl.PageErase);
        Memory.WriteWord(_base + FlashRegisters.Address, sector.Range.Start);
        Memory.WriteWord(_base + FlashRegisters.Control, (uint)(FlashControl.PageErase | FlashControl.Start));
        FinishErase(sector.Range);
    }

    /// <summary>Erases the whole flash at once.</summary>
    /// <exception cref="FlashException">It failed or did not end (<c>FLASH_ERASE_FAILED</c>, <c>FLASH_STALLED</c>).</exception>
    public void EraseAll()
    {
        Memory.WriteWord(_base + FlashRegisters.Status, (uint)FlashStatus.Flags);
        Memory.WriteWord(_base + FlashRegisters.Control, (uint)FlashControl.MassErase);
        Memory.WriteWord(_base + FlashRegisters.Control, (uint)(FlashControl.MassErase | FlashControl.Start));
        FinishErase(target.Geometry.Range);
    }

    private bool IsLocked => IsSetLocked(_decisive.Read(_base + FlashRegisters.Control, IsSetLocked));

    private void WriteKeys()
    {
        Memory.WriteWord(_base + FlashRegisters.Key, FlashRegisters.FirstKey);
        Memory.WriteWord(_base + FlashRegisters.Key, FlashRegisters.SecondKey);
    }

    private static bool IsSetLocked(uint control) => ((FlashControl)control).HasFlag(FlashControl.Lock);

    private static bool IsReadProtected(uint options) => ((OptionByteStatus)options).HasFlag(OptionByteStatus.ReadProtected);

    private bool IsWriteProtected(FlashSector sector, uint bits) => (bits & (1u << ProtectionBit(sector))) == 0;

    private int ProtectionBit(FlashSector sector) =>
        (int)Math.Min(ProtectionBits - 1, (sector.Range.Start - target.Geometry.Base) / ProtectionUnit);

    private void FinishErase(AddressRange range)
    {
        var status = WaitIdle(range.Start);
        if (HasFailed((uint)status))
        {
            status = (FlashStatus)_decisive.Read(_base + FlashRegisters.Status, HasFailed);
        }

        Memory.WriteWord(_base + FlashRegisters.Control, 0);
        if (HasFailed((uint)status))
        {
            throw new FlashException(
                "FLASH_ERASE_FAILED",
                $"Erasing {range} failed: FLASH_SR = 0x{(uint)status:X2}{(status.HasFlag(FlashStatus.WriteProtected) ? " (write-protected)" : string.Empty)}. "
                + "Check the option bytes; if they are right, the flash is worn out.",
                range.Start,
                [range]);
        }
    }

    private static bool HasFailed(uint status) => ((FlashStatus)status & (FlashStatus.ProgramError | FlashStatus.WriteProtected)) != 0;

    private FlashStatus WaitIdle(uint address)
    {
        var end = waiter.Elapsed + EraseLimit;
        while (true)
        {
            var status = (FlashStatus)Memory.ReadWord(_base + FlashRegisters.Status);
            if (!status.HasFlag(FlashStatus.Busy))
            {
                return status;
            }

            if (waiter.Elapsed >= end)
            {
                throw new FlashException(
                    "FLASH_STALLED",
                    $"The flash controller is still busy at 0x{address:X8} after {EraseLimit.TotalMilliseconds:0} ms. Switch the target off and on.",
                    address,
                    []);
            }

            waiter.Wait(PollInterval, CancellationToken.None);
        }
    }
}
