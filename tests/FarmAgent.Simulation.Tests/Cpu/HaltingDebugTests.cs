using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu;

namespace FarmAgent.Simulation.Tests.Cpu;

public sealed class HaltingDebugTests
{
    private const ushort Nop = 0xBF00;
    private const uint Dhcsr = 0xE000_EDF0;
    private const uint Demcr = 0xE000_EDFC;
    private const uint Dfsr = 0xE000_ED30;
    private readonly CpuRig _rig = new();

    [Fact]
    public void Step_ExecutesOneInstruction()
    {
        _rig.Load(0x2001, 0x2002, 0x2003);
        _rig.Write(Dfsr, 0x1F);
        _rig.Step();
        Assert.Equal(1u, _rig[0]);
        Assert.Equal(CpuRig.CodeStart + 2, _rig.Pc);
        Assert.Equal(1u, _rig.Read(Dfsr));
    }

    [Theory]
    [InlineData(0xA05F_0005u, true)]
    [InlineData(0xA05F_000Du, false)]
    public void Step_WithAPendingInterrupt_EntersItUnlessMasked(uint step, bool enters)
    {
        _rig.Load(0x2001, 0x2002);
        _rig.Write(0xE000_E100, 1);
        _rig.Cpu.Interrupts.SetLevel(0, true);
        if (!enters)
        {
            _rig.Write(Dhcsr, 0xA05F_000B);
        }

        _rig.StepWith(step);
        Assert.Equal(enters ? _rig.HandlerOf(16) : CpuRig.CodeStart + 2, _rig.Pc);
    }

    [Fact]
    public void Halt_WithoutTheKey_IsIgnored()
    {
        _rig.Load(0xE7FE);
        _rig.Write(Dhcsr, 0xA05F_0001);
        _rig.Write(Dhcsr, 0x0000_0003);
        Assert.False(_rig.Cpu.IsHalted);
    }

    [Fact]
    public void HaltingControl_StickyBits_AreClearedByTheRead()
    {
        _rig.Load(0xE7FE);
        _rig.Write(Dhcsr, 0xA05F_0001);
        _rig.Cpu.Run(100);
        Assert.Equal(0x0301_0001u, _rig.Read(Dhcsr));
        Assert.Equal(0x0001_0001u, _rig.Read(Dhcsr));
        _rig.Cpu.Run(100);
        Assert.Equal(0x0101_0001u, _rig.Read(Dhcsr));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Breakpoint_OnEitherHalf_HaltsBeforeTheInstruction(uint half)
    {
        _rig.Load(0x2001, 0x2102, 0x2203, 0x2304);
        _rig.Write(0xE000_2000, 3);
        _rig.Write(0xE000_2008, CpuRig.CodeStart | (half == 0 ? 1u << 30 : 2u << 30) | 1);
        _rig.Write(Dfsr, 0x1F);
        _rig.Go();
        Assert.Equal(CpuRig.CodeStart + half, _rig.Pc);
        Assert.Equal(2u, _rig.Read(Dfsr));
    }

    [Fact]
    public void Breakpoint_SetAfterTheCodeRan_Works()
    {
        _rig.Load(0x3001, 0xE7FD);
        _rig.Write(Dhcsr, 0xA05F_0001);
        _rig.Cpu.Run(100);
        _rig.Write(0xE000_2000, 3);
        _rig.Write(0xE000_2008, CpuRig.CodeStart | (1u << 30) | 1);
        _rig.Cpu.Run(100);
        Assert.True(_rig.Cpu.IsHalted);
        Assert.Equal(CpuRig.CodeStart, _rig.Pc);
    }

    [Fact]
    public void Breakpoint_OnAnAddress_DoesNotMatchItsAlias()
    {
        var flash = new MemoryRegion("flash", [.. Enumerable.Repeat<byte>(0, 0x1000)]);
        _rig.Bus.MapMemory(0x0800_0000, flash);
        _rig.Load(0x4700);
        // MOVS r1,#1; BKPT at the alias.
        ((ReadOnlySpan<byte>)[0x01, 0x21, 0x00, 0xBE]).CopyTo(flash.Bytes.AsSpan(0x800));
        _rig[0] = 0x0800_0801;
        _rig.Write(0xE000_2000, 3);
        _rig.Write(0xE000_2008, 0x0000_0800 | (3u << 30) | 1);
        _rig.Go();
        Assert.Equal(0x0800_0802u, _rig.Pc);
        Assert.Equal(1u, _rig[1]);
    }

    [Fact]
    public void Breakpoint_WithoutADebugger_IsPassed()
    {
        _rig.Load(0x2107, 0xE7FE);
        _rig.Write(0xE000_2000, 3);
        _rig.Write(0xE000_2008, CpuRig.CodeStart | (3u << 30) | 1);
        _rig.Write(Dhcsr, 0xA05F_0000);
        _rig.Cpu.Run(100);
        Assert.Equal(7u, _rig[1]);
    }

    [Theory]
    [InlineData(6u, 0x6001, true)]
    [InlineData(6u, 0x6801, false)]
    [InlineData(5u, 0x6801, true)]
    [InlineData(7u, 0x7001, true)]
    [InlineData(6u, 0x6041, false)]
    public void Watchpoint_HaltsAfterTheAccessItWatches(uint function, ushort access, bool halts)
    {
        _rig.Load(Nop, access, Nop, 0xE7FE);
        _rig[0] = CpuRig.Sram + 0x10;
        _rig.Write(Demcr, 1 << 24);
        _rig.Write(0xE000_1020, CpuRig.Sram + 0x10);
        _rig.Write(0xE000_1024, 2);
        _rig.Write(0xE000_1028, function);
        _rig.Write(Dfsr, 0x1F);
        _rig.Go(200);
        Assert.Equal(halts, _rig.Cpu.IsHalted);
        Assert.Equal(halts ? 4u : 0u, _rig.Read(Dfsr));
        if (halts)
        {
            Assert.Equal(CpuRig.CodeStart + 4, _rig.Pc);
        }
    }

    [Theory]
    [InlineData(0x0Cu)]
    [InlineData(0x14u)]
    public void Watchpoint_BesideTheAccess_DoesNotMatch(uint watched)
    {
        _rig.Load(0x6001, 0xE7FE);
        _rig[0] = CpuRig.Sram + 0x10;
        _rig.Write(Demcr, 1 << 24);
        _rig.Write(0xE000_1020, CpuRig.Sram + watched);
        _rig.Write(0xE000_1024, 2);
        _rig.Write(0xE000_1028, 6);
        _rig.Go(200);
        Assert.False(_rig.Cpu.IsHalted);
    }

    [Fact]
    public void Breakpoint_OnTheBootAlias_IsMetThere()
    {
        var flash = new MemoryRegion("flash", new byte[0x1000]);
        // Vectors: stack, entry at 0x100; MOVS r1,#1; B .
        ((ReadOnlySpan<byte>)[0x00, 0x10, 0x00, 0x20, 0x01, 0x01, 0x00, 0x00]).CopyTo(flash.Bytes);
        ((ReadOnlySpan<byte>)[0x01, 0x21, 0xFE, 0xE7]).CopyTo(flash.Bytes.AsSpan(0x100));
        var bus = new SystemBus();
        bus.MapMemory(0x0800_0000, flash);
        bus.SetBootAlias(flash);
        var cpu = new CortexM3Cpu(bus);
        cpu.Reset(powerOn: true);
        bus.Write(Dhcsr, 4, 0xA05F_0001, BusMaster.Debugger);
        bus.Write(0xE000_2000, 4, 3, BusMaster.Debugger);
        bus.Write(0xE000_2008, 4, 0x100 | (3u << 30) | 1, BusMaster.Debugger);
        cpu.Run(100);
        Assert.True(cpu.IsHalted);
    }

    [Fact]
    public void VectorCatch_OfHardFault_HaltsInItsHandler()
    {
        _rig.Load(0xDE00);
        _rig.Halves(_rig.HandlerOf(3), 0xE7FE);
        _rig.Write(Demcr, 1 << 10);
        _rig.Write(Dfsr, 0x1F);
        _rig.Go();
        Assert.True(_rig.Cpu.IsHalted);
        Assert.Equal(_rig.HandlerOf(3), _rig.Pc);
        Assert.Equal(8u, _rig.Read(Dfsr));
    }

    [Fact]
    public void SystemReset_KeepsWhatTheDebuggerSetUp()
    {
        _rig.Load(Nop);
        _rig.Write(Demcr, 0x0100_0401);
        _rig.Write(0xE000_2008, 0x4000_0401);
        _rig.Write(0xE000_ED0C, 0x05FA_0004);
        Assert.Equal(0x0100_0401u, _rig.Read(Demcr));
        Assert.Equal(0x4000_0401u, _rig.Read(0xE000_2008));
        Assert.True(_rig.Cpu.IsHalted);
        _rig.Cpu.Reset(powerOn: true);
        Assert.Equal(0u, _rig.Read(Demcr));
        Assert.Equal(0u, _rig.Read(0xE000_2008));
    }

    [Fact]
    public void CycleCounter_NeedsTraceEnabled_AndStandsStillInDebugState()
    {
        _rig.Load(Nop, Nop, Nop);
        _rig.Write(0xE000_1000, 1);
        Assert.Equal(0u, _rig.Read(0xE000_1000));
        _rig.Write(Demcr, 1 << 24);
        _rig.Write(0xE000_1000, 1);
        _rig.Write(0xE000_1004, 0);
        _rig.Step();
        _rig.Step();
        _rig.Cpu.Run(1000);
        Assert.Equal(2u, _rig.Read(0xE000_1004));
        Assert.Equal(0x4000_0001u, _rig.Read(0xE000_1000));
    }

    [Fact]
    public void SpecialRegisters_ArePackedInRegisterTwenty()
    {
        _rig.Load(Nop);
        _rig[20] = 0x0201_3001;
        Assert.Equal(0x0201_3001u, _rig[20]);
        _rig[18] = CpuRig.Sram + 0x100;
        Assert.Equal(CpuRig.Sram + 0x100, _rig[13]);
    }

    [Fact]
    public void CodeWrittenByTheDebugger_IsExecutedInItsNewForm()
    {
        _rig.Load(0x4700);
        _rig.Write(CpuRig.Sram, 0xBE00_2101);
        _rig[0] = CpuRig.Sram | 1;
        _rig.Go();
        Assert.Equal(1u, _rig[1]);
        _rig.Write(CpuRig.Sram, 0xBE00_2102);
        _rig[15] = CpuRig.Sram;
        _rig.Go();
        Assert.Equal(2u, _rig[1]);
    }

    [Fact]
    public void CodeWrittenByTheCore_IsExecutedInItsNewForm()
    {
        // In SRAM: STR r2,[r3]; MOVS r1,#1 (which the store has replaced by MOVS r1,#2; BKPT).
        _rig.Load(0x4700);
        _rig.Write(CpuRig.Sram, 0x2101_601A);
        _rig.Write(CpuRig.Sram + 4, 0xBE00_BE00);
        _rig[0] = CpuRig.Sram | 1;
        _rig[1] = 0;
        _rig[2] = 0x2102_601A;
        _rig[3] = CpuRig.Sram;
        _rig.Go();
        Assert.Equal(2u, _rig[1]);
    }

    [Fact]
    public void InReset_ProgramCounterSample_ShowsNoAddress()
    {
        _rig.Load(0xE7FE);
        _rig.Write(Demcr, 1 << 24);
        _rig.Write(Dhcsr, 0xA05F_0001);
        _rig.Cpu.Run(100);
        var running = _rig.Read(0xE000_101C);

        _rig.Cpu.InReset = true;

        Assert.Equal((CpuRig.CodeStart, uint.MaxValue), (running, _rig.Read(0xE000_101C)));
    }

    [Fact]
    public void InReset_DebugRegistersAnswer_AndReleaseHaltsWithTheCatch()
    {
        _rig.Load(0xE7FE);
        _rig.Cpu.InReset = true;
        _rig.Write(Dhcsr, 0xA05F_0001);
        _rig.Write(Demcr, 0x0100_0001);
        Assert.Equal(1u << 25, _rig.Read(Dhcsr) & (1u << 25));
        _rig.Cpu.InReset = false;
        Assert.True(_rig.Cpu.IsHalted);
        Assert.Equal(CpuRig.CodeStart, _rig.Pc);
    }

    [Theory]
    [InlineData(0xE000_ED00u, 0x411F_C231u)]
    [InlineData(0xE000_2000u, 0x0000_0260u)]
    [InlineData(0xE00F_F000u, 0xFFF0_F003u)]
    [InlineData(0xE00F_F014u, 0xFFF4_2002u)]
    [InlineData(0xE00F_FFE0u, 0x10u)]
    [InlineData(0xE00F_FFE4u, 0x04u)]
    [InlineData(0xE00F_FFE8u, 0x0Au)]
    [InlineData(0xE000_EFE4u, 0xB0u)]
    [InlineData(0xE000_E004u, 1u)]
    [InlineData(0xE000_ED90u, 0u)]
    public void Identification_IsThatOfTheChip(uint address, uint value)
    {
        _rig.Load(Nop);
        Assert.Equal(value, _rig.Read(address));
    }
}
