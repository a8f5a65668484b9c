using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>PWR (RM0008 section 5.4): which deep sleep is meant, and whether the backup domain may be written. The voltage detector is tagged.</summary>
internal sealed class PowerControl : GatedPeripheral
{
    private const uint StandbyOnDeepSleep = 1 << 1;
    private const uint ClearWakeUp = 1 << 2;
    private const uint ClearStandby = 1 << 3;
    private const uint BackupWritable = 1 << 8;
    private const uint WakeUpFlag = 1 << 0;
    private const uint StandbyFlag = 1 << 1;

    private readonly Register _control;
    private readonly Register _status;

    public PowerControl(NoticeBoard notices)
        : base("PWR", notices)
    {
        _control = Map.Define("CR", 0x00)
            .Field("LPDS", 0).Field("PDDS", 1).Field("CWUF", 2, access: FieldAccess.WriteOnly).Field("CSBF", 3, access: FieldAccess.WriteOnly).Tagged("PVDE", 4)
            .Tagged("PLS", 5, 3).Field("DBP", 8).OnWrite((_, written) => Clear(written));
        _status = Map.Define("CSR", 0x04)
            .Field("WUF", 0, access: FieldAccess.ReadOnly).Field("SBF", 1, access: FieldAccess.ReadOnly).Field("PVDO", 2, access: FieldAccess.ReadOnly)
            .Tagged("EWUP", 8).SurvivesSystemReset();
    }

    /// <summary>DBP: BKP, RTC and RCC_BDCR take writes.</summary>
    public bool IsBackupWritable => _control.Has(BackupWritable);

    /// <summary>PDDS: deep sleep is Standby, not Stop.</summary>
    public bool MeansStandby => _control.Has(StandbyOnDeepSleep);

    /// <summary>The chip leaves Standby.</summary>
    public void NoteStandby() => _status.Value |= WakeUpFlag | StandbyFlag;

    private void Clear(uint written)
    {
        _status.Value &= ~(((written & ClearWakeUp) != 0 ? WakeUpFlag : 0) | ((written & ClearStandby) != 0 ? StandbyFlag : 0));
    }
}
