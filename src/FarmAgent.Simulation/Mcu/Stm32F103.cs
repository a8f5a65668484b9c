using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// An STM32F103C8 or CB, or a copy of one: core, memories and peripherals on their addresses, clocks, power and reset. Its pins are wire ends that the bench gives it.
/// All members are called under the bench's lock.
/// </summary>
internal sealed partial class Stm32F103
{
    private const int SramSize = 20 * 1024;
    private const int PinsPerPort = 16;
    private const int IwdgSoftwareBit = 2;

    private readonly NoticeBoard _notices;
    private readonly ClockTree _clocks = new();
    private readonly MemoryRegion _sram = new("SRAM", new byte[SramSize]);
    private readonly Stm32F1Rcc _rcc;
    private readonly Stm32F1Gpio[] _ports;
    private readonly Stm32F1Afio _afio;
    private readonly Stm32F1Exti _exti;
    private readonly IndependentWatchdog _watchdog;
    private readonly DebugMcu _debug;
    private readonly WireEndpoint _nrst;
    private bool _isPowered;

    /// <summary>Builds a chip without supply.</summary>
    /// <param name="clock">The bench's clock; the chip's core becomes the one that fills its time.</param>
    /// <param name="target">Crystal and unique id.</param>
    /// <param name="endOf">Gives the wire end of a pin by its name, for example <c>PB7</c> or <c>NRST</c>.</param>
    /// <param name="notices">Where to note what is odd or not modelled.</param>
    public Stm32F103(BenchClock clock, BenchTarget target, Func<string, WireEndpoint> endOf, NoticeBoard notices)
    {
        _notices = notices;
        Identity = ChipIdentity.Of(target);
        Cpu = new CortexM3Cpu(Bus, new CortexM3Options { InterruptLines = 43, PriorityBits = 4, RomTable = Identity.RomTable });
        clock.Attach(new CoreClock(Cpu, _clocks));
        var interrupts = Cpu.Interrupts;

        _rcc = new Stm32F1Rcc(clock, _clocks, target.HseHertz, notices);
        Flash = new Stm32F1FlashController(target.FlashBytes, clock, Bus, interrupts, _clocks, notices);
        _ports = [.. "ABCDE".Select(port => new Stm32F1Gpio($"GPIO{port}",
            [.. Enumerable.Range(0, PinsPerPort).Select(pin => endOf($"P{port}{pin}"))], notices))];
        _afio = new Stm32F1Afio(notices);
        _exti = new Stm32F1Exti(interrupts, notices);
        I2c1 = new Stm32F1I2c(interrupts, scl: _ports[1][6], sda: _ports[1][7], notices);
        Usart1 = new Stm32F1Usart(clock, interrupts, _clocks, tx: _ports[0][9], rx: _ports[0][10], notices);
        Timer2 = new Stm32F1Timer(clock, interrupts, _clocks, notices);
        _watchdog = new IndependentWatchdog(clock, notices);
        _debug = new DebugMcu(Identity.Device, notices);
        Crc = new CrcUnit(notices);

        MapMemories(target);
        MapPeripherals();
        ConnectClocks();
        ConnectPins();

        _watchdog.Expired = () => ResetSystem(ResetCause.IndependentWatchdog);
        _watchdog.IsStopped = () => Cpu.IsHalted && _debug.StopsWatchdog;
        Cpu.ResetRequested = () => ResetSystem(ResetCause.Software);
        _nrst = endOf(ChipPin.Nrst);
        _nrst.LevelChanged = high => FollowNrst(high);
    }

    public SystemBus Bus { get; } = new();

    /// <summary>What the chip says of itself.</summary>
    public ChipIdentity Identity { get; }

    public CortexM3Cpu Cpu { get; }

    public Stm32F1FlashController Flash { get; }

    public Stm32F1I2c I2c1 { get; }

    public Stm32F1Usart Usart1 { get; }

    public Stm32F1Timer Timer2 { get; }

    public CrcUnit Crc { get; }

    /// <summary>SYSCLK, HCLK and PCLK1 in Hz.</summary>
    public (int Sysclk, int Hclk, int Pclk1) Frequencies => (_clocks.Sysclk, _clocks.Hclk, _clocks.Pclk1);

    public bool IsPowered => _isPowered;

    /// <summary>Level of NRST at the chip.</summary>
    public bool NrstHigh => _nrst.Level;

    /// <summary>Gives the chip its supply, or takes it away; SRAM and everything in registers is lost then.</summary>
    public void SetPower(bool on)
    {
        if (on == _isPowered)
        {
            return;
        }

        _isPowered = on;
        Cpu.InReset = true;
        Bus.ResetPeripherals(powerOn: true);
        Cpu.Reset(powerOn: true);
        FillSram();

        // The pull-up of NRST is inside the chip and needs its supply.
        _nrst.Pull = on ? PinDrive.PullUp : PinDrive.None;
        _rcc.NoteReset(ResetCause.PowerOn | ResetCause.Pin);
        Run();
    }

    private void ResetSystem(ResetCause cause)
    {
        Bus.ResetPeripherals(powerOn: false);

        // The reset pulse of the chip leaves by NRST as well, so its flag is set with every cause (RM0008 section 7.1.1).
        _rcc.NoteReset(cause | ResetCause.Pin);
        Cpu.Reset(powerOn: false);
        StartHardwareWatchdog();
    }

    private void FollowNrst(bool high)
    {
        if (!_isPowered)
        {
            return;
        }

        if (high)
        {
            Run();
            return;
        }

        Cpu.InReset = true;
        Bus.ResetPeripherals(powerOn: false);
        _rcc.NoteReset(ResetCause.Pin);
    }

    private void Run()
    {
        if (_isPowered && _nrst.Level)
        {
            StartHardwareWatchdog();
            Cpu.InReset = false;
        }
    }

    private void StartHardwareWatchdog()
    {
        if ((Flash.OptionRegister & (1 << IwdgSoftwareBit)) == 0)
        {
            _watchdog.Start();
        }
    }

    /// <summary>SRAM comes up with anything; here with a pattern that no firmware takes for zero.</summary>
    private void FillSram()
    {
        for (var index = 0; index < _sram.Bytes.Length; index++)
        {
            _sram.Bytes[index] = (byte)((index * 0x9D) ^ 0x5A);
        }

        _sram.NoteChanged(0, SramSize);
    }
}
