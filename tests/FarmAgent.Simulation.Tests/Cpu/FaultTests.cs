using FarmAgent.Simulation.Bus;
namespace FarmAgent.Simulation.Tests.Cpu;

public sealed class FaultTests
{
    private const uint Cfsr = 0xE000_ED28;
    private const uint Hfsr = 0xE000_ED2C;
    private const uint Bfar = 0xE000_ED38;
    private const uint Shcsr = 0xE000_ED24;
    private const uint Ccr = 0xE000_ED14;
    private readonly CpuRig _rig = new();

    [Fact]
    public void Undefined_WithoutAHandlerOfItsOwn_EscalatesToHardFault()
    {
        _rig.Load(0xDE00).Go();
        Assert.Equal(_rig.HandlerOf(3), _rig.Pc);
        Assert.Equal(0x0001_0000u, _rig.Read(Cfsr));
        Assert.Equal(0x4000_0000u, _rig.Read(Hfsr));
        Assert.Equal(CpuRig.CodeStart, _rig.Read(CpuRig.StackTop - 8));
    }

    [Fact]
    public void Undefined_WithUsageFaultEnabled_EntersIt()
    {
        _rig.Load(0xDE00);
        _rig.Write(Shcsr, 1 << 18);
        _rig.Go();
        Assert.Equal(_rig.HandlerOf(6), _rig.Pc);
        Assert.Equal(0u, _rig.Read(Hfsr));
    }

    [Fact]
    public void Coprocessor_IsNotThere()
    {
        _rig.Load(0xEE00, 0x0A10).Go();
        Assert.Equal(0x0008_0000u, _rig.Read(Cfsr));
    }

    // ARM DDI 0403, section A5.3.18: op1 11xxxx is no coprocessor instruction.
    [Fact]
    public void Coprocessor_LastQuarterOfItsSpace_IsUndefined()
    {
        _rig.Load(0xEF00, 0x0A10).Go();
        Assert.Equal(0x0001_0000u, _rig.Read(Cfsr));
    }

    // ARM DDI 0403, section A7.7.17: BKPT is unconditional.
    [Fact]
    public void Breakpoint_WhoseConditionFails_HaltsAllTheSame()
    {
        // CMP r0,r0; IT NE; BKPT; MOVS r1,#7.
        _rig.Load(0x4280, 0xBF18, 0xBE00, 0x2107).Go();
        Assert.Equal(CpuRig.CodeStart + 4, _rig.Pc);
    }

    // PM0056, SCB_BFAR: the address that the instruction asked for, even if another part of the access failed.
    [Fact]
    public void Unaligned_AcrossTheEndOfMemory_ReportsTheAddressAskedFor()
    {
        _rig.Load(0x6801);
        _rig[0] = CpuRig.Sram + 0xFFFE;
        _rig.Go();
        Assert.Equal(CpuRig.Sram + 0xFFFE, _rig.Read(Bfar));
    }

    // ARM DDI 0403, section B1.4.1: bits 1:0 of SP are 0.
    [Fact]
    public void WriteBack_ToTheStackPointer_KeepsItAWordAddress()
    {
        // LDRB r0,[sp],#5.
        _rig.Load(0xF81D, 0x0B05).Go();
        Assert.Equal(CpuRig.StackTop + 4, _rig[13]);
    }

    [Fact]
    public void Undefined_WhoseConditionFails_IsSkipped()
    {
        // CMP r0,r0; IT NE; UDF.
        _rig.Load(0x4280, 0xBF18, 0xDE00, 0x2107).Go();
        Assert.Equal(7u, _rig[1]);
        Assert.Equal(0u, _rig.Read(Cfsr));
    }

    [Theory]
    [InlineData(0x6801)]
    [InlineData(0x6001)]
    public void Access_WhereNobodyAnswers_IsAPreciseBusFault(ushort access)
    {
        _rig.Load(access);
        _rig[0] = 0x6000_0000;
        _rig[1] = 0x55;
        _rig.Go();
        Assert.Equal(0x0000_8200u, _rig.Read(Cfsr));
        Assert.Equal(0x6000_0000u, _rig.Read(Bfar));
        Assert.Equal(0x55u, _rig[1]);
    }

    [Fact]
    public void LoadMultiple_ThatFaults_ChangesNoRegister()
    {
        // LDMIA r0!, {r1, r2} across the end of SRAM.
        _rig.Load(0xC806);
        _rig[0] = CpuRig.Sram + 0xFFFC;
        _rig[1] = 0x11;
        _rig.Go();
        Assert.Equal(CpuRig.Sram + 0xFFFC, _rig[0]);
        Assert.Equal(0x11u, _rig[1]);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0x10u, 0x0200_0000u)]
    public void DivideByZero_FaultsOnlyWithTheTrap(uint ccr, uint cfsr)
    {
        _rig.Load(0xFBB1, 0xF0F2);
        _rig.Write(Ccr, ccr);
        _rig[0] = 5;
        _rig[1] = 5;
        _rig[2] = 0;
        _rig.Go();
        Assert.Equal(cfsr, _rig.Read(Cfsr));
        Assert.Equal(cfsr == 0 ? 0u : 5u, _rig[0]);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0x8u, 0x0100_0000u)]
    public void Unaligned_FaultsOnlyWithTheTrap(uint ccr, uint cfsr)
    {
        _rig.Load(0x6801);
        _rig.Write(Ccr, ccr);
        _rig.Write(CpuRig.Sram, 0x4433_2211);
        _rig.Write(CpuRig.Sram + 4, 0x8877_6655);
        _rig[0] = CpuRig.Sram + 1;
        _rig[1] = 0;
        _rig.Go();
        Assert.Equal(cfsr, _rig.Read(Cfsr));
        Assert.Equal(cfsr == 0 ? 0x5544_3322u : 0u, _rig[1]);
    }

    [Fact]
    public void LoadMultiple_Unaligned_AlwaysFaults()
    {
        _rig.Load(0xC806);
        _rig[0] = CpuRig.Sram + 2;
        _rig.Go();
        Assert.Equal(0x0100_0000u, _rig.Read(Cfsr));
    }

    [Fact]
    public void Branch_OutOfThumbState_IsAnInvalidState()
    {
        _rig.Load(0x4700);
        _rig[0] = CpuRig.CodeStart;
        _rig.Go();
        Assert.Equal(0x0002_0000u, _rig.Read(Cfsr));
    }

    [Fact]
    public void Branch_IntoThePeripherals_MayNotExecute()
    {
        _rig.Load(0x4700);
        _rig[0] = 0x4000_0001;
        _rig.Go();
        Assert.Equal(1u, _rig.Read(Cfsr));
    }

    [Fact]
    public void Branch_ToNowhere_IsAnInstructionBusError()
    {
        _rig.Load(0x4700);
        _rig[0] = 0x1000_0001;
        _rig.Go();
        Assert.Equal(0x100u, _rig.Read(Cfsr));
    }

    [Fact]
    public void Return_WithAWrongCode_IsAnInvalidProgramCounter()
    {
        // The SVC handler returns to thread mode by a code that does not exist.
        _rig.Halves(_rig.HandlerOf(11), 0x4700);
        _rig.Load(0xDF00);
        _rig.Write(Shcsr, 1 << 18);
        _rig[0] = 0xFFFF_FFF7;
        _rig.Go();
        Assert.Equal(_rig.HandlerOf(6), _rig.Pc);
        Assert.Equal(0x0004_0000u, _rig.Read(Cfsr));
    }

    [Fact]
    public void Fault_InsideHardFault_LocksUp()
    {
        _rig.Halves(_rig.HandlerOf(3), 0xDE00);
        _rig.Load(0xDE00).Go();
        Assert.True(_rig.Cpu.IsLockedUp);
        Assert.Equal(1u << 19, _rig.Read(0xE000_EDF0) & (1u << 19));
        Assert.Equal(0xFFFF_FFFEu, _rig.Pc);
    }

    [Fact]
    public void Lockup_EndsByAHaltRequest()
    {
        _rig.Halves(_rig.HandlerOf(3), 0xDE00);
        _rig.Load(0xDE00).Go();
        _rig.Write(0xE000_EDF0, 0xA05F_0003);
        Assert.True(_rig.Cpu.IsHalted);
        Assert.False(_rig.Cpu.IsLockedUp);
    }

    // ARM DDI 0403, section C1.6.2: S_LOCKUP clears to 0 when the processor enters Debug state, also by a vector catch.
    [Fact]
    public void Lockup_ByAResetThatIsCaught_EndsWithTheHalt()
    {
        var rig = new CpuRig();
        rig.Load(0xBF00);
        rig.Write(0xE000_EDFC, 1);
        rig.Code.Gate = new ClosedGate();
        rig.Cpu.Reset(powerOn: false);

        Assert.True(rig.Cpu.IsHalted);
        Assert.Equal(0u, rig.Read(0xE000_EDF0) & (1u << 19));
    }

    // ARM DDI 0403, section B1.5.15: what a debugger has set up is executed when the core leaves Debug state.
    [Fact]
    public void Lockup_HaltedAndGivenCode_Executes()
    {
        var rig = new CpuRig();
        rig.Load(0xBF00);
        rig.Write(0xE000_EDFC, 1);
        rig.Code.Gate = new ClosedGate();
        rig.Cpu.Reset(powerOn: false);
        // MOVS r0,#0x2A; BKPT.
        rig.Write(CpuRig.Sram, 0xBE00_202A);

        rig[15] = CpuRig.Sram;
        rig[16] = 1u << 24;
        rig.Go();

        Assert.True(rig.Cpu.IsHalted);
        Assert.Equal(0x2Au, rig[0]);
    }

    [Fact]
    public void BlankVectors_LockUpAfterReset()
    {
        Array.Fill(_rig.Code.Bytes, (byte)0xFF);
        _rig.Cpu.Reset(powerOn: true);
        _rig.Cpu.Run(100);
        Assert.True(_rig.Cpu.IsLockedUp);
    }

    [Fact]
    public void BreakpointInstruction_WithoutADebugger_IsAHardFault()
    {
        _rig.Halves(_rig.HandlerOf(3), 0xE7FE);
        _rig.Load(0xBE01);
        _rig.Cpu.Reset(powerOn: true);
        _rig.Cpu.Run(50);
        Assert.Equal(0x8000_0000u, _rig.Read(Hfsr));
        Assert.Equal(_rig.HandlerOf(3), _rig.Pc);
    }

    [Fact]
    public void Unprivileged_AccessToThePrivateBus_IsABusFault()
    {
        // MSR CONTROL, r1; LDR r2,[r0].
        _rig.Load(0xF381, 0x8814, 0x6802);
        _rig[0] = 0xE000_ED00;
        _rig[1] = 1;
        _rig.Go();
        Assert.Equal(0x0000_8200u, _rig.Read(Cfsr));
    }

    /// <summary>A memory that answers nobody, as protected flash.</summary>
    private sealed class ClosedGate : IMemoryGate
    {
        public BusResponse BeforeRead(uint offset, int width, BusMaster master) => BusResponse.Error;
    }
}
