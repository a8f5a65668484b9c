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
    private readonly Stm32F1Usart[] _usarts;
    private readonly Stm32F1Timer[] _timers;
    private readonly Stm32F1Spi[] _spis;
    private readonly Stm32F1Adc[] _adcs;
    private readonly DmaController _dma;
    private readonly PowerControl _power;
    private readonly BackupRegisters _backup;
    private readonly RealTimeClock _realTimeClock;
    private readonly WindowWatchdog _windowWatchdog;
    private readonly IndependentWatchdog _watchdog;
    private readonly DebugMcu _debug;
    private readonly WireEndpoint _nrst;
    private readonly CoreClock _coreClock;
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
        _coreClock = new CoreClock(Cpu, _clocks);
        TakeClock(clock);
        var interrupts = Cpu.Interrupts;

        _rcc = new Stm32F1Rcc(clock, interrupts, _clocks, target.HseHertz, notices);
        Flash = new Stm32F1FlashController(target.FlashBytes, clock, Bus, interrupts, _clocks, notices) { Timing = FlashTiming.Of(target.Silicon) };
        _ports = [.. "ABCDE".Select(port => new Stm32F1Gpio($"GPIO{port}",
            [.. Enumerable.Range(0, PinsPerPort).Select(pin => endOf($"P{port}{pin}"))], notices))];
        _afio = new Stm32F1Afio(notices);
        _exti = new Stm32F1Exti(interrupts, notices);
        I2c1 = new Stm32F1I2c("I2C1", clock, () => _clocks.Pclk1, interrupts, eventInterrupt: 31, notices);
        I2c2 = new Stm32F1I2c("I2C2", clock, () => _clocks.Pclk1, interrupts, eventInterrupt: 33, notices);
        _usarts =
        [
            new Stm32F1Usart("USART1", clock, interrupts, 37, () => _clocks.Pclk2, _serialWires, notices),
            new Stm32F1Usart("USART2", clock, interrupts, 38, () => _clocks.Pclk1, _serialWires, notices),
            new Stm32F1Usart("USART3", clock, interrupts, 39, () => _clocks.Pclk1, _serialWires, notices),
        ];
        _timers =
        [
            new Stm32F1Timer(TimerDescription.Advanced, clock, interrupts, _clocks, () => _clocks.Apb2Timer, notices),
            new Stm32F1Timer(TimerDescription.GeneralPurpose("TIM2", 28), clock, interrupts, _clocks, () => _clocks.Apb1Timer, notices),
            new Stm32F1Timer(TimerDescription.GeneralPurpose("TIM3", 29), clock, interrupts, _clocks, () => _clocks.Apb1Timer, notices),
            new Stm32F1Timer(TimerDescription.GeneralPurpose("TIM4", 30), clock, interrupts, _clocks, () => _clocks.Apb1Timer, notices),
        ];
        _spis =
        [
            new Stm32F1Spi("SPI1", clock, interrupts, 35, () => _clocks.Pclk2, () => Pin(PortA, 6).Input, notices),
            new Stm32F1Spi("SPI2", clock, interrupts, 36, () => _clocks.Pclk1, () => Pin(PortB, 14).Input, notices),
        ];
        var inputs = new AdcInputs(target.SupplyVolts, channel => (channel < 8 ? Pin(PortA, channel) : Pin(PortB, channel - 8)).Endpoint.Level);
        _adcs = [new Stm32F1Adc("ADC1", clock, () => _rcc.AdcHertz, inputs, notices), new Stm32F1Adc("ADC2", clock, () => _rcc.AdcHertz, inputs, notices)];
        _dma = new DmaController(Bus, clock, interrupts, _clocks, notices);
        _power = new PowerControl(notices);
        _backup = new BackupRegisters(_power, notices);
        _realTimeClock = new RealTimeClock(clock, interrupts, _power, notices);
        _windowWatchdog = new WindowWatchdog(clock, interrupts, _clocks, notices);
        _watchdog = new IndependentWatchdog(clock, notices);
        _debug = new DebugMcu(Identity.Device, notices);
        Crc = new CrcUnit(notices);

        MapMemories(target);
        MapPeripherals();
        ConnectClocks();
        ConnectPins();
        ConnectRequests();
        ConnectBackupDomain();

        _watchdog.Expired = () => ResetSystem(ResetCause.IndependentWatchdog);
        _windowWatchdog.Expired = () => ResetSystem(ResetCause.WindowWatchdog);
        _watchdog.IsStopped = () => Cpu.IsHalted && _debug.StopsWatchdog;
        _exti.EventRaised = Cpu.SignalEvent;
        Cpu.DeepSleepChanged = FollowDeepSleep;
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

    public Stm32F1I2c I2c2 { get; }

    public CrcUnit Crc { get; }

    /// <summary>SYSCLK, HCLK and PCLK1 in Hz.</summary>
    public (int Sysclk, int Hclk, int Pclk1) Frequencies => (_clocks.Sysclk, _clocks.Hclk, _clocks.Pclk1);

    public bool IsPowered => _isPowered;

    /// <summary>Level of NRST at the chip.</summary>
    public bool NrstHigh => _nrst.Level;

    /// <summary>Makes this chip's core the one that fills the bench's time from now on.</summary>
    public void TakeClock(BenchClock clock)
    {
        _coreClock.StartAt(clock.Now);
        clock.Attach(_coreClock);
    }

    /// <summary>Gives the chip its supply, or takes it away; SRAM and everything in registers is lost then.</summary>
    public void SetPower(bool on)
    {
        if (on == _isPowered)
        {
            return;
        }

        _isPowered = on;
        LeaveLowPower();
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
        LeaveLowPower();
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

        LeaveLowPower();
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
