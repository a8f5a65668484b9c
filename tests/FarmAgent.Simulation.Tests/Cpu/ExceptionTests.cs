namespace FarmAgent.Simulation.Tests.Cpu;

public sealed class ExceptionTests
{
    private const ushort BxLr = 0x4770;
    private const ushort Nop = 0xBF00;
    private const uint Iser = 0xE000_E100;
    private const uint Ispr = 0xE000_E200;
    private const uint Icsr = 0xE000_ED04;
    private readonly CpuRig _rig = new();

    [Fact]
    public void SupervisorCall_StacksTheFrameOfTheNextInstruction()
    {
        _rig.Load(0x2011, 0x2122, 0xDF00).Go();
        Assert.Equal(_rig.HandlerOf(11), _rig.Pc);
        Assert.Equal(11u, _rig[16] & 0x1FF);
        Assert.Equal(0xFFFF_FFF9u, _rig[14]);
        Assert.Equal(CpuRig.StackTop - 32, _rig[13]);
        Assert.Equal(0x11u, _rig.Read(CpuRig.StackTop - 32));
        Assert.Equal(0x22u, _rig.Read(CpuRig.StackTop - 28));
        Assert.Equal(CpuRig.CodeStart + 6, _rig.Read(CpuRig.StackTop - 8));
        Assert.Equal(0x0100_0000u, _rig.Read(CpuRig.StackTop - 4));
    }

    [Fact]
    public void Return_RestoresWhatTheHandlerChanged()
    {
        // MOVS r0,#17; CMP r0,r0; SVC; the handler changes r0 and the flags.
        _rig.Halves(_rig.HandlerOf(11), 0x2000, 0x3801, BxLr);
        _rig.Load(0x2011, 0x4280, 0xDF00, Nop).Go();
        Assert.Equal(CpuRig.CodeStart + 8, _rig.Pc);
        Assert.Equal(0x11u, _rig[0]);
        Assert.Equal("nZCv", _rig.Flags);
        Assert.Equal(CpuRig.StackTop, _rig[13]);
    }

    [Fact]
    public void Return_IntoAnIfThenBlock_GoesOnInIt()
    {
        // CMP r0,r0; ITTE EQ; SVC (in the block); MOVEQ r1,#1; MOVNE r1,#2.
        _rig.Halves(_rig.HandlerOf(11), 0x4602, BxLr);
        _rig.Load(0x4280, 0xBF06, 0xDF00, 0x2101, 0x2102).Go();
        Assert.Equal(1u, _rig[1]);
        Assert.Equal(CpuRig.CodeStart + 10, _rig.Pc);
    }

    [Fact]
    public void Line_ThatRises_EntersItsEnabledInterrupt()
    {
        _rig.Load(Nop, Nop, 0xE7FE);
        _rig.Write(Iser, 1u << 5);
        _rig.Cpu.Interrupts.SetLevel(5, true);
        _rig.Go();
        Assert.Equal(_rig.HandlerOf(21), _rig.Pc);
        Assert.Equal(0u, _rig.Read(Ispr));
        Assert.Equal(1u << 5, _rig.Read(0xE000_E300));
    }

    [Fact]
    public void Line_ThatStaysHigh_EntersAgainAfterTheReturn()
    {
        // The handler counts in r4, which is not stacked, and halts at the third entry.
        _rig.Halves(_rig.HandlerOf(21), 0x3401, 0x2C03, 0xD000, BxLr, 0xBE00);
        _rig.Load(0xE7FE);
        _rig[4] = 0;
        _rig.Write(Iser, 1u << 5);
        _rig.Cpu.Interrupts.SetLevel(5, true);
        _rig.Go();
        Assert.Equal(3u, _rig[4]);
    }

    [Fact]
    public void Line_ThatFallsBeforeEntry_StaysPending()
    {
        _rig.Load(0xE7FE);
        _rig.Cpu.Interrupts.SetLevel(5, true);
        _rig.Cpu.Interrupts.SetLevel(5, false);
        Assert.Equal(1u << 5, _rig.Read(Ispr));
        _rig.Write(0xE000_E280, 1u << 5);
        Assert.Equal(0u, _rig.Read(Ispr));
    }

    [Fact]
    public void Interrupt_OfHigherPriority_Preempts()
    {
        // The handler of 21 makes 22 pending through STIR and would halt behind it.
        _rig.Halves(_rig.HandlerOf(21), 0x6001, Nop, 0xBE00);
        _rig.Load(0xE7FE);
        _rig.Write(Iser, 0x60);
        _rig.Write(0xE000_E404, 0x0040_8000);
        _rig[0] = 0xE000_EF00;
        _rig[1] = 6;
        _rig.Cpu.Interrupts.SetLevel(5, true);
        _rig.Go();
        Assert.Equal(_rig.HandlerOf(22), _rig.Pc);
        Assert.Equal(0xFFFF_FFF1u, _rig[14]);
        Assert.Equal(0x60u, _rig.Read(0xE000_E300));
    }

    [Fact]
    public void Interrupt_OfTheSameGroup_WaitsAndIsTailChained()
    {
        // Priority group 7 leaves no bits for preemption.
        _rig.Halves(_rig.HandlerOf(21), 0x6001, 0x460A, BxLr);
        _rig.Load(0xE7FE);
        _rig.Write(0xE000_ED0C, 0x05FA_0700);
        _rig.Write(Iser, 0x60);
        _rig.Write(0xE000_E404, 0x0040_8000);
        _rig[0] = 0xE000_EF00;
        _rig[1] = 6;
        _rig.Cpu.Interrupts.SetLevel(5, true);
        _rig.StepUntil(_rig.HandlerOf(21) + 4);
        _rig.Cpu.Interrupts.SetLevel(5, false);
        // The return itself leads into the next handler, without a way through the interrupted code.
        _rig.Step();
        Assert.Equal(_rig.HandlerOf(22), _rig.Pc);
        Assert.Equal(0xFFFF_FFF9u, _rig[14]);
        // One frame only: the second handler took over the first one's.
        Assert.Equal(CpuRig.StackTop - 32, _rig[13]);
    }

    [Theory]
    [InlineData(0x40, false)]
    [InlineData(0x30, true)]
    public void BasePriority_HoldsBackWhatIsNotMoreUrgent(byte priority, bool enters)
    {
        // MSR BASEPRI, r0 with 0x40.
        _rig.Load(0xF380, 0x8811, Nop, Nop);
        _rig[0] = 0x40;
        _rig.Write(Iser, 1);
        _rig.Write(0xE000_E400, priority);
        _rig.StepUntil(CpuRig.CodeStart + 4);
        _rig.Cpu.Interrupts.SetLevel(0, true);
        _rig.Go();
        Assert.Equal(enters ? _rig.HandlerOf(16) : CpuRig.CodeStart + 8, _rig.Pc);
    }

    [Fact]
    public void Primask_HoldsInterruptsBack_UntilCleared()
    {
        _rig.Load(0xB672, Nop, 0xB662, Nop);
        _rig.Write(Iser, 1);
        _rig.StepUntil(CpuRig.CodeStart + 2);
        _rig.Cpu.Interrupts.SetLevel(0, true);
        _rig.Go();
        Assert.Equal(_rig.HandlerOf(16), _rig.Pc);
        Assert.Equal(CpuRig.CodeStart + 6, _rig.Read(CpuRig.StackTop - 8));
    }

    [Fact]
    public void ProcessStack_IsUsedInThreadMode_AndTheMainOneInHandlers()
    {
        // MSR PSP, r0; MSR CONTROL, r1; SVC.
        _rig.Load(0xF380, 0x8809, 0xF381, 0x8814, 0xDF00);
        _rig[0] = CpuRig.Sram + 0x1000;
        _rig[1] = 2;
        _rig.Go();
        Assert.Equal(0xFFFF_FFFDu, _rig[14]);
        Assert.Equal(CpuRig.StackTop, _rig[17]);
        Assert.Equal(CpuRig.Sram + 0x1000 - 32, _rig[18]);
        Assert.Equal(CpuRig.StackTop, _rig[13]);
    }

    [Fact]
    public void StackAlignment_PadsTheFrame_AndRemembersIt()
    {
        _rig.Halves(_rig.HandlerOf(11), BxLr);
        _rig.Load(0xB081, 0xDF00, Nop);
        _rig.Write(0xE000_ED14, 0x200);
        _rig.StepUntil(_rig.HandlerOf(11));
        Assert.Equal(CpuRig.StackTop - 8 - 32, _rig[13]);
        Assert.Equal(1u << 9, _rig.Read(CpuRig.StackTop - 12) & (1u << 9));
        _rig.Go();
        Assert.Equal(CpuRig.StackTop - 4, _rig[13]);
    }

    [Fact]
    public void Pop_OfExceptionReturn_ReturnsToo()
    {
        _rig.Halves(_rig.HandlerOf(11), 0xB500, 0xBD00);
        _rig.Load(0xDF00, Nop).Go();
        Assert.Equal(CpuRig.CodeStart + 4, _rig.Pc);
        Assert.Equal(0u, _rig[16] & 0x1FF);
    }

    [Fact]
    public void VectorTable_Moved_IsUsed()
    {
        _rig.Word(0x200 + (11 * 4), (CpuRig.HandlerArea + 0x800) | 1);
        _rig.Halves(CpuRig.HandlerArea + 0x800, 0xBE00);
        _rig.Load(0xDF00);
        _rig.Write(0xE000_ED08, 0x200);
        _rig.Go();
        Assert.Equal(CpuRig.HandlerArea + 0x800, _rig.Pc);
    }

    [Fact]
    public void PendSupervisor_AndSysTick_ShowInIcsrAndCanBeCleared()
    {
        _rig.Load(Nop);
        _rig.Write(Icsr, 0x1400_0000);
        Assert.Equal(0x1400_0000u, _rig.Read(Icsr) & 0x1400_0000);
        _rig.Write(Icsr, 0x0A00_0000);
        Assert.Equal(0u, _rig.Read(Icsr) & 0x1400_0000);
    }

    [Fact]
    public void SystemReset_IsAskedOfTheChip_BetweenInstructions()
    {
        var asked = 0;
        _rig.Cpu.ResetRequested = () => asked++;
        _rig.Load(0x6001, Nop);
        _rig[0] = 0xE000_ED0C;
        _rig[1] = 0x05FA_0004;
        _rig.Go(3);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void ExclusiveStore_AfterAnException_Fails()
    {
        _rig.Halves(_rig.HandlerOf(11), BxLr);
        // LDREX r1,[r0]; SVC; STREX r2,r1,[r0].
        _rig.Load(0xE850, 0x1F00, 0xDF00, 0xE840, 0x1200);
        _rig[0] = CpuRig.Sram;
        _rig.Go();
        Assert.Equal(1u, _rig[2]);
    }
}
