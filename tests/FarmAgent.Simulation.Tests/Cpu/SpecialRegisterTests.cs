namespace FarmAgent.Simulation.Tests.Cpu;

public sealed class SpecialRegisterTests
{
    private readonly CpuRig _rig = new();

    [Theory]
    [InlineData(0xF3EF, 0x8108, CpuRig.StackTop)]
    [InlineData(0xF3EF, 0x8105, 0u)]
    [InlineData(0xF3EF, 0x8114, 0u)]
    public void Read_GivesTheRegister(ushort first, ushort second, uint value)
    {
        _rig.Load(first, second);
        _rig[1] = 0xFFFF_FFFF;
        _rig.Go();
        Assert.Equal(value, _rig[1]);
    }

    [Fact]
    public void BasePriorityMax_OnlyRaises()
    {
        // MSR BASEPRI_MAX, r0 three times with other values.
        _rig.Load(0xF380, 0x8812, 0xF381, 0x8812, 0xF382, 0x8812);
        _rig[0] = 0x40;
        _rig[1] = 0x80;
        _rig[2] = 0x30;
        _rig.StepUntil(CpuRig.CodeStart + 8);
        Assert.Equal(0x40u, (_rig[20] >> 8) & 0xFF);
        _rig.Go();
        Assert.Equal(0x30u, (_rig[20] >> 8) & 0xFF);
    }

    [Fact]
    public void Write_WithoutPrivilege_IsIgnored()
    {
        // MSR CONTROL, r1; MSR PRIMASK, r1; CPSID i; MSR CONTROL, r2.
        _rig.Load(0xF381, 0x8814, 0xF381, 0x8810, 0xB672, 0xF382, 0x8814);
        _rig[1] = 1;
        _rig[2] = 0;
        _rig.Go();
        Assert.Equal(0x0100_0000u, _rig[20]);
    }

    [Fact]
    public void StackPointer_KeepsItsLowBitsClear()
    {
        // MOV sp, r0.
        _rig.Load(0x4685);
        _rig[0] = CpuRig.Sram + 0x103;
        _rig.Go();
        Assert.Equal(CpuRig.Sram + 0x100, _rig[13]);
    }

    [Theory]
    [InlineData(0xE8DF, 0xF001, 0, 8u)]
    [InlineData(0xE8DF, 0xF001, 1, 10u)]
    public void TableBranch_AddsTwiceTheEntry(ushort first, ushort second, uint index, uint distance)
    {
        // TBB [pc, r1] with entries 2 and 3 behind it.
        _rig.Load(first, second, 0x0302, 0xBE00, 0xBE00, 0xBE00);
        _rig[1] = index;
        _rig.Go();
        Assert.Equal(CpuRig.CodeStart + distance, _rig.Pc);
    }

    [Fact]
    public void BranchLink_AndReturn_MeetAgain()
    {
        // BL +4 (over a BKPT at +6 ...): BL; BKPT; NOP; MOVS r1,#5; BX lr.
        _rig.Load(0xF000, 0xF802, 0xBE00, 0xBF00, 0x2105, 0x4770).Go();
        Assert.Equal(5u, _rig[1]);
        Assert.Equal(CpuRig.CodeStart + 4, _rig.Pc);
        Assert.Equal(CpuRig.CodeStart + 5, _rig[14]);
    }

    [Fact]
    public void Literal_IsRelativeToTheAlignedProgramCounter()
    {
        // NOP; LDR r1,[pc,#4]; NOP; B .+4; data.
        _rig.Load(0xBF00, 0x4901, 0xBF00, 0xBE00, 0x5678, 0x1234).Go();
        Assert.Equal(0x1234_5678u, _rig[1]);
    }
}
