namespace FarmAgent.Simulation.Tests.Cpu;

public sealed class SleepTests
{
    private const ushort Wfi = 0xBF30;
    private const ushort Wfe = 0xBF20;
    private const ushort Nop = 0xBF00;
    private const uint SysTickControl = 0xE000_E010;
    private const uint SysTickReload = 0xE000_E014;
    private const uint SysTickValue = 0xE000_E018;
    private readonly CpuRig _rig = new();

    [Fact]
    public void WaitForInterrupt_EndsTheRunEarly_AndSleeps()
    {
        Start(Wfi, Nop);
        Assert.True(_rig.Cpu.Run(1000) < 10);
        Assert.True(_rig.Cpu.IsSleeping);
        Assert.Null(_rig.Cpu.CyclesToNextWake);
        Assert.Equal(1000, _rig.Cpu.Run(1000));
        Assert.True(_rig.Cpu.IsSleeping);
    }

    [Fact]
    public void WaitForInterrupt_EndsByAnInterrupt_WhichIsTaken()
    {
        Start(Wfi, Nop);
        _rig.Write(0xE000_E100, 1);
        _rig.Cpu.Run(1000);
        _rig.Cpu.Interrupts.SetLevel(0, true);
        Assert.False(_rig.Cpu.IsSleeping);
        _rig.Cpu.Run(1000);
        Assert.Equal(_rig.HandlerOf(16), _rig.Pc);
        Assert.Equal(CpuRig.CodeStart + 2, _rig.Read(CpuRig.StackTop - 8));
    }

    [Fact]
    public void WaitForInterrupt_WithPrimask_GoesOnWithoutTheHandler()
    {
        Start(0xB672, Wfi, 0x2107);
        _rig.Write(0xE000_E100, 1);
        _rig.Cpu.Run(1000);
        _rig.Cpu.Interrupts.SetLevel(0, true);
        _rig.Cpu.Run(1000);
        Assert.True(_rig.Cpu.IsHalted);
        Assert.Equal(7u, _rig[1]);
    }

    [Fact]
    public void WaitForInterrupt_DoesNotEndByADisabledOne()
    {
        Start(Wfi, Nop);
        _rig.Cpu.Run(1000);
        _rig.Cpu.Interrupts.SetLevel(0, true);
        _rig.Cpu.Run(1000);
        Assert.True(_rig.Cpu.IsSleeping);
    }

    [Fact]
    public void WaitForEvent_TakesTheRegisteredEventFirst()
    {
        // SEV; WFE; WFE.
        Start(0xBF40, Wfe, Wfe, Nop);
        _rig.Cpu.Run(1000);
        Assert.True(_rig.Cpu.IsSleeping);
        Assert.Equal(CpuRig.CodeStart + 6, _rig.Pc);
    }

    [Fact]
    public void SleepOnExit_SleepsAfterTheLastHandler()
    {
        _rig.Halves(_rig.HandlerOf(16), 0x4770);
        Start(0xE7FE);
        _rig.Write(0xE000_E100, 1);
        _rig.Write(0xE000_ED10, 2);
        _rig.Write(0xE000_E200, 1);
        _rig.Cpu.Run(1000);
        Assert.True(_rig.Cpu.IsSleeping);
    }

    [Fact]
    public void SysTick_EndsTheSleep_AtItsCycle()
    {
        _rig.Halves(_rig.HandlerOf(15), 0xE7FE);
        Start(Wfi, Nop);
        _rig.Write(SysTickReload, 999);
        _rig.Write(SysTickValue, 0);
        _rig.Write(SysTickControl, 7);
        var begin = _rig.Cpu.CycleCount;
        _rig.Cpu.Run(100);
        Assert.Equal(1000 - (_rig.Cpu.CycleCount - begin), _rig.Cpu.CyclesToNextWake);
        _rig.Cpu.Run(_rig.Cpu.CyclesToNextWake!.Value + 20);
        Assert.Equal(_rig.HandlerOf(15), _rig.Pc);
    }

    [Theory]
    [InlineData(7u, 1000)]
    [InlineData(3u, 8000)]
    public void SysTick_Period_IsReloadPlusOneTicks(uint control, int cycles)
    {
        // The handler counts in r4.
        _rig.Halves(_rig.HandlerOf(15), 0x3401, 0x4770);
        _rig.Load(Wfi, 0xE7FD);
        _rig[4] = 0;
        _rig.Write(0xE000_EDF0, 0xA05F_0001);
        _rig.Write(SysTickReload, 999);
        _rig.Write(SysTickValue, 0);
        _rig.Write(SysTickControl, control);
        for (var left = (cycles * 10L) + 100; left > 0;)
        {
            left -= _rig.Cpu.Run(left);
        }

        Assert.Equal(10u, _rig[4]);
    }

    [Fact]
    public void SysTick_CountFlag_IsClearedByTheCoreAlone()
    {
        _rig.Load(0x6801, 0x6802);
        _rig[0] = SysTickControl;
        _rig.Write(SysTickReload, 0x10);
        _rig.Write(SysTickValue, 0);
        _rig.Write(SysTickControl, 5);
        _rig.Write(0xE000_EDF0, 0xA05F_0001);
        _rig.Halves(CpuRig.CodeStart, 0xE7FE);
        _rig.Cpu.Run(100);
        _rig.Write(0xE000_EDF0, 0xA05F_0003);
        Assert.Equal(0x1_0005u, _rig.Read(SysTickControl));
        Assert.Equal(0x1_0005u, _rig.Read(SysTickControl));
        _rig.Halves(CpuRig.CodeStart, 0x6801, 0x6802);
        _rig.Step();
        Assert.Equal(0x1_0005u, _rig[1]);
        Assert.Equal(5u, _rig.Read(SysTickControl));
    }

    [Fact]
    public void SysTick_StandsStillInDebugState()
    {
        _rig.Load(Nop);
        _rig.Write(SysTickReload, 0xFFFF);
        _rig.Write(SysTickValue, 0);
        _rig.Write(SysTickControl, 5);
        _rig.Step();
        var value = _rig.Read(SysTickValue);
        _rig.Cpu.Run(500);
        Assert.Equal(value, _rig.Read(SysTickValue));
    }

    private void Start(params ushort[] code)
    {
        _rig.Load(code);
        _rig.Write(0xE000_EDF0, 0xA05F_0001);
    }
}
