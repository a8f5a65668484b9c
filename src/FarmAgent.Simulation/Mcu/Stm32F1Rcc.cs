using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Reset and clock control (RM0008 section 7): oscillators that take their time, the clock switch, gates and resets of peripherals.</summary>
internal sealed partial class Stm32F1Rcc : IBusPeripheral
{
    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly ClockTree _clocks;
    private readonly NoticeBoard _notices;
    private readonly RegisterMap _map;
    private readonly Register _control;
    private readonly Register _configuration;
    private readonly Register _status;
    private readonly Register _backup;
    private readonly Register _clockInterrupts;
    private readonly Register _ahbEnable;
    private readonly Register _apb1Enable;
    private readonly Register _apb2Enable;
    private readonly Register _apb1Reset;
    private readonly Register _apb2Reset;
    private readonly List<(Register Reset, int Bit, IBusPeripheral Peripheral)> _resettable = [];
    private readonly int _hseHertz;

    public Stm32F1Rcc(IBenchTimeline timeline, IInterruptLines interrupts, ClockTree clocks, int hseHertz, NoticeBoard notices)
    {
        _interrupts = interrupts;
        _timeline = timeline;
        _clocks = clocks;
        _hseHertz = hseHertz;
        _notices = notices;
        _map = new RegisterMap(Name, notices);
        _control = DefineControl();
        _configuration = DefineConfiguration();
        _clockInterrupts = DefineInterrupts();
        _apb2Reset = DefineResets("APB2RSTR", 0x0C, Apb2Names);
        _apb1Reset = DefineResets("APB1RSTR", 0x10, Apb1Names);
        _ahbEnable = DefineGates("AHBENR", 0x14, AhbNames, 0x14);
        _apb2Enable = DefineGates("APB2ENR", 0x18, Apb2Names, 0);
        _apb1Enable = DefineGates("APB1ENR", 0x1C, Apb1Names, 0);
        _backup = DefineBackup();
        _status = _map.Define("CSR", 0x24, (uint)(ResetCause.Pin | ResetCause.PowerOn)).SurvivesSystemReset()
            .Field("LSION", 0).Field("LSIRDY", 1, access: FieldAccess.ReadOnly).Field("RMVF", 24, access: FieldAccess.WriteOnly)
            .Field("flags", 26, 6, FieldAccess.ReadOnly)
            .OnWrite((_, written) => WriteStatus(written));
    }

    /// <inheritdoc/>
    public string Name => "RCC";

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value) => _map.Read(offset, width, out value);

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => _map.Write(offset, width, value);

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        CancelStartUps();
        _clocks.Start();
        _map.Reset(powerOn);
        ApplyClocks();
        UpdateClockInterrupt();
        if (powerOn)
        {
            CancelStartUp(LseStartUpKey);
            ApplyRealTimeClock();
        }
    }

    /// <summary>Notes why a reset happened; RMVF clears the flags.</summary>
    public void NoteReset(ResetCause cause) => _status.Value |= (uint)cause;

    /// <summary>Gate of a peripheral on APB1, and its reset bit.</summary>
    public ClockGate ConnectApb1(int bit, IBusPeripheral peripheral) => Connect(_apb1Enable, _apb1Reset, bit, peripheral);

    /// <summary>Gate of a peripheral on APB2, and its reset bit.</summary>
    public ClockGate ConnectApb2(int bit, IBusPeripheral peripheral) => Connect(_apb2Enable, _apb2Reset, bit, peripheral);

    /// <summary>Gate of a peripheral on AHB, which has no reset bit.</summary>
    public ClockGate ConnectAhb(int bit) => new(_ahbEnable, null, bit, _clocks);

    private ClockGate Connect(Register enable, Register reset, int bit, IBusPeripheral peripheral)
    {
        _resettable.Add((reset, bit, peripheral));
        return new ClockGate(enable, reset, bit, _clocks);
    }

    private void WriteStatus(uint written)
    {
        if ((written & (1 << 24)) != 0)
        {
            _status.Value &= ~(uint)ResetCause.All;
        }

        // LSI is ready within 85 us (DS5319 table 24); nothing on the bench sees the difference to at once.
        var starts = (written & 1) != 0 && !_status.Has(1 << 1);
        _status.Assign(1 << 1, (written & 1) != 0);
        if (starts)
        {
            NoteReady(LsiReadyFlag);
        }

        ApplyRealTimeClock();
    }

    private void WriteReset(Register register, uint previous)
    {
        foreach (var (reset, bit, peripheral) in _resettable)
        {
            if (reset == register && register.Has(1u << bit) && (previous & (1u << bit)) == 0)
            {
                peripheral.Reset(powerOn: false);
            }
        }
    }
}
