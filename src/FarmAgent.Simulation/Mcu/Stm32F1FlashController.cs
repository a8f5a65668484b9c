using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// Flash program and erase controller of the STM32F1 (PM0075) with the habits of the silicon: two keys, half-words only, 1 to 0 only, busy
/// for real times, nothing cleared by itself that firmware has to clear.
/// </summary>
internal sealed partial class Stm32F1FlashController : IBusPeripheral
{
    public const int PageSize = 1024;
    public const int InterruptNumber = 4;

    private const uint KeyOffset = 0x04;
    private const uint OptionKeyOffset = 0x08;
    private const uint StatusErrors = (uint)(FlashStatus.ProgrammingError | FlashStatus.WriteProtectionError);

    private readonly IBenchTimeline _timeline;
    private readonly SystemBus _bus;
    private readonly IInterruptLines _interrupts;
    private readonly ClockTree _clocks;
    private readonly NoticeBoard _notices;
    private readonly RegisterMap _map;
    private readonly Register _accessControl;
    private readonly Register _status;
    private readonly Register _control;
    private readonly Register _address;
    private readonly Register _options;
    private readonly Register _writeProtection;
    private readonly FlashKeyLock _lock = new();
    private readonly FlashKeyLock _optionLock = new();
    private readonly NorFlashArray _main;
    private readonly OptionBytes _optionBytes = new();

    /// <summary>Makes the controller with erased flash.</summary>
    /// <param name="flashBytes">Size of the main memory.</param>
    /// <param name="timeline">Where its operations take time.</param>
    /// <param name="bus">The chip's bus.</param>
    /// <param name="interrupts">Where its interrupt goes.</param>
    /// <param name="clocks">Clocks that its timing needs.</param>
    /// <param name="notices">Where to note what is odd.</param>
    public Stm32F1FlashController(int flashBytes, IBenchTimeline timeline, SystemBus bus, IInterruptLines interrupts, ClockTree clocks, NoticeBoard notices)
    {
        _main = new NorFlashArray(flashBytes, PageSize);
        _timeline = timeline;
        _bus = bus;
        _interrupts = interrupts;
        _clocks = clocks;
        _notices = notices;
        MainPort = new FlashPort(this, FlashArea.Main);
        MainMemory = new MemoryRegion("flash", _main.Bytes) { WriteHandler = MainPort };
        OptionPort = new FlashPort(this, FlashArea.Options);
        OptionMemory = new MemoryRegion("option bytes", _optionBytes.Cells.Bytes) { WriteHandler = OptionPort };

        _map = new RegisterMap(Name, notices, NarrowWrite.Merge);
        _accessControl = _map.Define("ACR", 0x00, 0x30).Field("LATENCY", 0, 3).Field("HLFCYA", 3).Field("PRFTBE", 4).Field("PRFTBS", 5, access: FieldAccess.ReadOnly)
            .OnWrite((_, _) => CheckLatency());
        clocks.Changed += CheckLatency;
        _status = _map.Define("SR", 0x0C)
            .Field("BSY", 0, access: FieldAccess.ReadOnly)
            .Field("PGERR", 2, access: FieldAccess.WriteOneToClear)
            .Field("WRPRTERR", 4, access: FieldAccess.WriteOneToClear)
            .Field("EOP", 5, access: FieldAccess.WriteOneToClear)
            .OnWrite((_, _) => UpdateInterrupt());

        // Every bit is taken by hand: what a write may change depends on both locks.
        _control = _map.Define("CR", 0x10, (uint)FlashControl.Lock)
            .Field("PG", 0, access: FieldAccess.ReadOnly).Field("PER", 1, access: FieldAccess.ReadOnly).Field("MER", 2, access: FieldAccess.ReadOnly)
            .Field("OPTPG", 4, access: FieldAccess.ReadOnly).Field("OPTER", 5, access: FieldAccess.ReadOnly).Field("STRT", 6, access: FieldAccess.ReadOnly)
            .Field("LOCK", 7, access: FieldAccess.ReadOnly).Field("OPTWRE", 9, access: FieldAccess.ReadOnly)
            .Field("ERRIE", 10, access: FieldAccess.ReadOnly).Field("EOPIE", 12, access: FieldAccess.ReadOnly)
            .OnWrite((_, written) => WriteControl((FlashControl)written));
        _address = _map.Define("AR", 0x14).Field("FAR", 0, 32, FieldAccess.WriteOnly);
        _options = _map.Define("OBR", 0x1C, _optionBytes.LoadOptionRegister());
        _writeProtection = _map.Define("WRPR", 0x20, _optionBytes.LoadWriteProtection());
        _address.OnWrite((_, written) => _address.Value = written);
    }

    /// <inheritdoc/>
    public string Name => "FLASH";

    /// <summary>How long operations take.</summary>
    public FlashTiming Timing { get; init; } = FlashTiming.Typical;

    public MemoryRegion MainMemory { get; }

    public MemoryRegion OptionMemory { get; }

    /// <summary>FLASH_OBR as the last reset loaded it.</summary>
    public uint OptionRegister => _options.Value;

    private FlashPort MainPort { get; }

    private FlashPort OptionPort { get; }

    private bool IsBusy => _status.Has((uint)FlashStatus.Busy);

    private bool IsReadProtected => _options.Has(2);

    private int FlashSize => _main.Bytes.Length;

    private FlashControl Control => (FlashControl)_control.Value;

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value)
    {
        NoteDebugger(master);
        if ((offset & ~3u) is KeyOffset or OptionKeyOffset)
        {
            value = 0;
            return BusResponse.Okay;
        }

        return _map.Read(offset, width, out value);
    }

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master)
    {
        NoteDebugger(master);
        switch (offset & ~3u)
        {
            case KeyOffset:
                return OfferKey(value);
            case OptionKeyOffset:
                return OfferOptionKey(value);
            default:
                return _map.Write(offset, width, value);
        }
    }

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        BreakOff();
        _lock.Reset();
        _optionLock.Reset();
        _map.Reset(powerOn);
        _options.Value = _optionBytes.LoadOptionRegister();
        _writeProtection.Value = _optionBytes.LoadWriteProtection();
        _debuggerSeen &= !powerOn;
        UpdateGates();
        UpdateInterrupt();
    }

    /// <summary>Puts content into the cells without the controller, as a programmer on the maker's line does. Erases everything else.</summary>
    public void Preload(ReadOnlySpan<byte> image)
    {
        _main.Erase(0, FlashSize);
        image.CopyTo(_main.Bytes);
        MainMemory.NoteChanged(0, (uint)FlashSize);
    }

    /// <summary>RM0008 section 3.3.3: no wait state up to 24 MHz, one up to 48 MHz, two beyond.</summary>
    private void CheckLatency()
    {
        const int hertzPerState = 24_000_000;
        var needed = (uint)((_clocks.Hclk - 1) / hertzPerState);
        if ((_accessControl.Value & 7) < needed)
        {
            _notices.Add(Name, $"HCLK is {_clocks.Hclk / 1_000_000} MHz with LATENCY {_accessControl.Value & 7}: silicon needs {needed} and would misread its flash");
        }
    }

    private BusResponse OfferKey(uint key)
    {
        var accepted = _lock.Offer(key);
        _control.Assign((uint)FlashControl.Lock, !_lock.IsOpen);
        if (!accepted)
        {
            _control.Value = (uint)FlashControl.Lock;
            _notices.Add(Name, $"key 0x{key:X8} was wrong or out of order: FLASH_CR is locked until the next reset");
        }

        return accepted ? BusResponse.Okay : BusResponse.Error;
    }

    private BusResponse OfferOptionKey(uint key)
    {
        var accepted = _optionLock.Offer(key);
        _control.Assign((uint)FlashControl.OptionWriteEnable, _optionLock.IsOpen);
        if (!accepted)
        {
            _notices.Add(Name, $"option key 0x{key:X8} was wrong or out of order: option bytes are locked until the next reset");
        }

        return accepted ? BusResponse.Okay : BusResponse.Error;
    }

    private void WriteControl(FlashControl written)
    {
        if (!_lock.IsOpen)
        {
            _notices.Add(Name, "FLASH_CR was written while it is locked; the write has no effect");
            return;
        }

        if (written.HasFlag(FlashControl.Lock))
        {
            _lock.Close();
            _optionLock.Close();
            _control.Value = (uint)FlashControl.Lock;
            UpdateInterrupt();
            return;
        }

        if (!written.HasFlag(FlashControl.OptionWriteEnable))
        {
            // rc_w0: only the option keys set it.
            _optionLock.Close();
        }

        const FlashControl plain = FlashControl.Program | FlashControl.PageErase | FlashControl.MassErase | FlashControl.OptionProgram
            | FlashControl.OptionErase | FlashControl.ErrorInterrupt | FlashControl.EndInterrupt;
        var kept = (IsBusy ? Control & FlashControl.Start : FlashControl.None) | (_optionLock.IsOpen ? FlashControl.OptionWriteEnable : FlashControl.None);
        _control.Value = (uint)((written & plain) | kept);
        UpdateInterrupt();
        if (written.HasFlag(FlashControl.Start))
        {
            StartErase();
        }
    }

    private void UpdateInterrupt() => _interrupts.SetLevel(InterruptNumber,
        (Control.HasFlag(FlashControl.EndInterrupt) && _status.Has((uint)FlashStatus.EndOfOperation))
        || (Control.HasFlag(FlashControl.ErrorInterrupt) && _status.Has(StatusErrors)));
}
