using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>DBGMCU (RM0008 section 31.16): the chip's identity, and what stands still while the core is halted.</summary>
internal sealed class DebugMcu : IBusPeripheral
{
    private const uint WatchdogStop = 1 << 8;

    private readonly RegisterMap _map;
    private readonly Register _control;

    public DebugMcu(uint idCode, NoticeBoard notices)
    {
        _map = new RegisterMap(Name, notices);
        _map.Define("IDCODE", 0x00, idCode).Field("DEV_ID", 0, 12, FieldAccess.ReadOnly).Field("REV_ID", 16, 16, FieldAccess.ReadOnly).SurvivesSystemReset();
        _control = _map.Define("CR", 0x04).SurvivesSystemReset()
            .Field("DBG_SLEEP", 0).Field("DBG_STOP", 1).Field("DBG_STANDBY", 2).Tagged("TRACE_IOEN", 5).Tagged("TRACE_MODE", 6, 2)
            .Field("DBG_IWDG_STOP", 8).Tagged("DBG_WWDG_STOP", 9).Tagged("DBG_TIM1_STOP", 10).Tagged("DBG_TIM2_STOP", 11).Tagged("DBG_TIM3_STOP", 12)
            .Tagged("DBG_TIM4_STOP", 13).Tagged("DBG_CAN_STOP", 14).Tagged("DBG_I2C1_SMBUS_TIMEOUT", 15).Tagged("DBG_I2C2_SMBUS_TIMEOUT", 16);
    }

    /// <inheritdoc/>
    public string Name => "DBGMCU";

    /// <summary>DBG_STOP: the core's clocks go on in Stop mode, so that a debugger reaches it.</summary>
    public bool DebugsStop => _control.Has(1 << 1);

    public bool StopsWatchdog => _control.Has(WatchdogStop);

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value) => _map.Read(offset, width, out value);

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => _map.Write(offset, width, value);

    /// <inheritdoc/>
    public void Reset(bool powerOn) => _map.Reset(powerOn);
}
