using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>BKP (RM0008 section 6.4): ten half-words that outlive every reset but the loss of the supply (VBAT is joined to it). Tamper is tagged.</summary>
internal sealed class BackupRegisters : GatedPeripheral
{
    private const int Words = 10;

    public BackupRegisters(PowerControl power, NoticeBoard notices)
        : base("BKP", notices)
    {
        for (var index = 1u; index <= Words; index++)
        {
            var data = Map.Define($"DR{index}", 4 * index).Field("D", 0, 16).SurvivesSystemReset();
            data.OnWrite((previous, _) =>
            {
                if (!power.IsBackupWritable)
                {
                    data.Value = previous;
                    notices.Add(Name, "was written while PWR_CR.DBP is 0: the write has no effect");
                }
            });
        }

        Map.Define("RTCCR", 0x2C).Tagged("CAL", 0, 7).Tagged("CCO", 7).Tagged("ASOE", 8).Tagged("ASOS", 9).SurvivesSystemReset();
        Map.Define("CR", 0x30).Tagged("TPE", 0).Tagged("TPAL", 1).SurvivesSystemReset();
        Map.Define("CSR", 0x34).Field("CTE", 0, access: FieldAccess.WriteOnly).Field("CTI", 1, access: FieldAccess.WriteOnly).Tagged("TPIE", 2)
            .Field("TEF", 8, access: FieldAccess.ReadOnly).Field("TIF", 9, access: FieldAccess.ReadOnly);
    }
}
