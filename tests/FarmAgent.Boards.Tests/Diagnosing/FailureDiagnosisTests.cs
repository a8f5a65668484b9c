using FarmAgent.Boards.Diagnosing;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Tests.FlashRecords;
using FarmAgent.Flashing;
using FarmAgent.Hardware.I2c;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Boards.Tests.Diagnosing;

public sealed class FailureDiagnosisTests
{
    private static readonly FaultStatus NoFault = new(0, 0, 0, 0, 0);
    private static readonly CoreState Running = new(false, false, false, false, true);
    private static readonly CoreState Sleeping = Running with { IsSleeping = true };
    private static readonly CoreState Halted = Running with { IsHalted = true };
    private static readonly CoreState LockedUp = Running with { IsLockedUp = true };

    /// <summary>A bench in order, a proven image, a core at work, and still no acknowledge.</summary>
    private static readonly FailureEvidence Base = new()
    {
        Board = "b1",
        Adapter = "i2c0",
        Address = new I2cAddress(0x08),
        Transfer = new I2cTransferResult(I2cTransferStatus.AddressNack, 0, 0),
        Lines = new I2cLineLevels(true, true),
        Probe = new ProbeEvidence { Name = "ST-LINK/V2", Volts = 3.29, Core = new CoreEvidence(Running, NoFault, 0x0800_0A3C) },
        Content = new FlashContent { Board = "b1", Proof = Flashes.Proof },
        Now = Flashes.Proof.Time + TimeSpan.FromSeconds(14),
    };

    private static readonly FlashContent Unproven = new() { Board = "b1", InvalidReason = "never flashed by this agent" };

    public static TheoryData<string, FailureEvidence, Verdict, string> Rows => new()
    {
        { "running and silent", Base, Verdict.Fail, "DUT_SILENT" },
        { "asleep and silent", WithCore(Sleeping, NoFault), Verdict.Fail, "DUT_SILENT" },
        { "locked up", WithCore(LockedUp, NoFault), Verdict.Fail, "DUT_CRASHED" },
        { "in the hard fault handler", WithCore(Running, NoFault with { ActiveException = 3 }), Verdict.Fail, "DUT_CRASHED" },
        { "in the usage fault handler", WithCore(Running, NoFault with { ActiveException = 6 }), Verdict.Fail, "DUT_CRASHED" },
        { "in an interrupt", WithCore(Running, NoFault with { ActiveException = 47 }), Verdict.Fail, "DUT_SILENT" },
        { "halted by a debugger", WithCore(Halted, NoFault), Verdict.Error, "DUT_HALTED" },
        { "held in reset", WithReset(ResetFinding.Held), Verdict.Error, "TARGET_HELD_IN_RESET" },
        { "held in reset and not flashed", WithReset(ResetFinding.Held) with { Content = Unproven }, Verdict.Error, "TARGET_HELD_IN_RESET" },
        { "reset again and again", WithReset(ResetFinding.AgainAndAgain), Verdict.Fail, "DUT_RESETTING" },
        { "refused a byte", Base with { Transfer = new(I2cTransferStatus.DataNack, 1, 0) }, Verdict.Fail, "DUT_REFUSED_DATA" },
        { "held the clock", Base with { Transfer = new(I2cTransferStatus.Timeout, 0, 0) }, Verdict.Fail, "DUT_SILENT" },
        { "holds the clock still", Base with { Transfer = new(I2cTransferStatus.Timeout, 0, 0), Lines = new(false, true) }, Verdict.Error, "I2C_BUS_STUCK" },
        { "not flashed", Base with { Content = Unproven }, Verdict.Error, "BOARD_NOT_FLASHED" },
        { "not flashed and locked up", WithCore(LockedUp, NoFault) with { Content = Unproven }, Verdict.Error, "BOARD_NOT_FLASHED" },
        { "flash at work", Base with { Content = Base.Content with { Intent = Flashes.Intent } }, Verdict.Error, "BOARD_NOT_FLASHED" },
        { "SDA low", Base with { Lines = new(true, false) }, Verdict.Error, "I2C_BUS_STUCK" },
        { "SCL low", Base with { Lines = new(false, null) }, Verdict.Error, "I2C_BUS_STUCK" },
        { "no address gets through", Base with { Transfer = new(I2cTransferStatus.Timeout, 0, 0), DeadAddress = new(0x77) }, Verdict.Error, "I2C_BUS_STUCK" },
        { "stuck by the transfer's word", Base with { Transfer = new(I2cTransferStatus.BusStuck, 0, 0), Lines = default }, Verdict.Error, "I2C_BUS_STUCK" },
        { "adapter fault", Base with { Transfer = new(I2cTransferStatus.AdapterFault, 0, 0, 5) }, Verdict.Error, "I2C_ADAPTER_FAULT" },
        { "adapter gone", Base with { AdapterProblem = "no such device" }, Verdict.Error, "I2C_ADAPTER_FAULT" },
        { "another controller", Base with { Transfer = new(I2cTransferStatus.ArbitrationLost, 0, 0) }, Verdict.Error, "I2C_ARBITRATION_LOST" },
        { "probe not there", WithProbe(new ProbeEvidence { ProblemReason = "PROBE_NOT_FOUND", Problem = "gone" }), Verdict.Error, "PROBE_DISCONNECTED" },
        { "probe unplugged meanwhile", WithProbe(new ProbeEvidence { ProblemReason = "PROBE_DISCONNECTED", Problem = "gone" }), Verdict.Error, "PROBE_DISCONNECTED" },
        { "probe held by others", WithProbe(new ProbeEvidence { ProblemReason = "PROBE_BUSY", Problem = "in use" }), Verdict.Error, "PROBE_BUSY" },
        { "probe gone and not flashed", WithProbe(new ProbeEvidence { ProblemReason = "PROBE_NOT_FOUND", Problem = "gone" }) with { Content = Unproven }, Verdict.Error, "PROBE_DISCONNECTED" },
        { "no supply", WithProbe(new ProbeEvidence { Name = "p", Volts = 0.02, TargetProblem = "no answer" }), Verdict.Error, "TARGET_VOLTAGE_LOW" },
        { "no supply and not flashed", WithProbe(new ProbeEvidence { Name = "p", Volts = 1.99 }) with { Content = Unproven }, Verdict.Error, "TARGET_VOLTAGE_LOW" },
        { "chip not reached", WithProbe(new ProbeEvidence { Name = "p", Volts = 3.3, TargetProblem = "no answer" }), Verdict.Error, "TARGET_UNREACHABLE" },
        { "probe at other work", WithProbe(new ProbeEvidence { Name = "p", IsBusy = true }), Verdict.Fail, "DUT_SILENT" },
        { "instrument of the bench", Base with { Instrument = new("current", "ina219", Base.Address), Content = Unproven }, Verdict.Error, "INSTRUMENT_SILENT" },
        { "instrument on a stuck bus", Base with { Instrument = new("current", "ina219", Base.Address), Lines = new(true, false) }, Verdict.Error, "I2C_BUS_STUCK" },
        { "board without probe", Base with { Probe = null }, Verdict.Fail, "DUT_SILENT" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Decide_Row_NamesTheCulprit(string name, FailureEvidence evidence, Verdict verdict, string reason)
    {
        var diagnosis = FailureDiagnosis.Decide(evidence);

        Assert.Equal((name, verdict, reason), (name, diagnosis.Verdict, diagnosis.Reason));
    }

    [Fact]
    public void Decide_Silent_SaysWhatHappenedWasFoundAndIsToBeDone() =>
        Assert.Equal(
            "no acknowledge from 0x08 on i2c0. The image under test is on the chip, the core is running, the bus is idle. "
            + "Firmware or wiring: check that the firmware serves this address, then SDA and SCL.",
            FailureDiagnosis.Decide(Base).Message);

    [Fact]
    public void Decide_Silent_ListsTheEvidenceInOrder() =>
        Assert.Equal(
            [
                new Evidence("transfer", "no acknowledge from 0x08 on i2c0"),
                new Evidence("bus", "SCL high, SDA high, adapter ok"),
                new Evidence("probe", "ST-LINK/V2"),
                new Evidence("supply", "3.29 V"),
                new Evidence("flashed", "receipt f-1 14 s ago, image app.elf sha256:9f31c2d4e5f6"),
                new Evidence("core", "running, pc 0x08000A3C, no fault recorded"),
            ],
            FailureDiagnosis.Decide(Base).Evidence);

    [Fact]
    public void Decide_InterruptedFlash_NamesWhatIsUndefined() =>
        Assert.Contains(
            "flash of sha256:01234567 interrupted (cancelled), undefined: 0x08000400..0x080007FF",
            FailureDiagnosis.Decide(Base with
            {
                Content = Unproven with { InvalidReason = "flash of sha256:01234567 interrupted (cancelled)", Undefined = [new AddressRange(0x0800_0400, 0x400)] },
            }).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Decide_Crashed_DecodesTheFault() =>
        Assert.Contains(
            "precise data bus error, escalated to a hard fault at 0x20010000 (CFSR 0x00008200, HFSR 0x40000000)",
            FailureDiagnosis.Decide(WithCore(Running, new FaultStatus(0x8200, 0x4000_0000, 0, 0x2001_0000, 3))).Message,
            StringComparison.Ordinal);

    private static FailureEvidence WithCore(CoreState state, FaultStatus faults) =>
        Base with { Probe = Base.Probe! with { Core = new CoreEvidence(state, faults, null) } };

    private static FailureEvidence WithReset(ResetFinding reset) =>
        Base with { Probe = Base.Probe! with { Core = Base.Probe.Core! with { Reset = reset } } };

    private static FailureEvidence WithProbe(ProbeEvidence probe) => Base with { Probe = probe };
}
