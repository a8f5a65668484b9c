namespace FarmAgent.Probes.Tests.Gdb;

/// <summary>Running, stepping and stopping at the twin's chip, by the counting loop of <see cref="StubBench"/>.</summary>
public sealed class GdbExecutionTests : IDisposable
{
    private readonly StubBench _bench = new();

    public GdbExecutionTests() => _bench.Ask("qSupported:swbreak+;hwbreak+");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Step_OneInstruction()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("T05thread:1;", Assert.Single(_bench.Run("vCont;s:1")));
        Assert.Equal(StubBench.Ram + 2, _bench.Register("f"));
    }

    [Fact]
    public void Step_InterruptPending_ServesItAndStepsOneInstruction()
    {
        _bench.LoadLoop(StubBench.Flash);

        // SysTick's vector in a table in RAM, and a handler that stores 0x20000000 at 0x2000007C: movs r0,#1 · lsls r0,#29 · str r0,[r0,#124] · bx lr.
        var memory = _bench.Session.Memory;
        memory.WriteWord(0x2000_003C, 0x2000_0301);
        memory.WriteWord(0x2000_0300, 0x0740_2001);
        memory.WriteWord(0x2000_0304, 0x4770_67C0);
        memory.WriteWord(0x2000_007C, 0);
        memory.WriteWord(0xE000_ED08, 0x2000_0000);
        memory.WriteWord(0xE000_ED04, 1u << 26);

        Assert.Equal("T05thread:1;", Assert.Single(_bench.Run("vCont;s:1")));
        Assert.Equal((StubBench.Flash + 2, 0x2000_0000u), (_bench.Register("f"), memory.ReadWord(0x2000_007C)));
    }

    [Fact]
    public void StepRange_GoesOnUntilItIsLeft()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("T05thread:1;", Assert.Single(_bench.Run("vCont;r20000100,20000106:1")));
        Assert.Equal(0x2000_0106u, _bench.Register("f"));
    }

    [Fact]
    public void StepRange_EndlessLoop_IsInterrupted()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Null(_bench.Ask("vCont;r20000100,2000010a:1"));
        _bench.PollSome();
        Assert.Equal("T02thread:1;", Assert.Single(_bench.Interrupt()));
    }

    [Fact]
    public void StepRange_BreakpointInside_StopsThere()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("Z0,20000106,2");
        _bench.Run("vCont;r20000100,2000010a:1");
        Assert.Equal(0x2000_0106u, _bench.Register("f"));
    }

    [Fact]
    public void Continue_ControlC_StopsAsInterrupted()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Null(_bench.Ask("vCont;c:1"));
        _bench.PollSome();
        Assert.Equal("T02thread:1;", Assert.Single(_bench.Interrupt()));
        Assert.True(_bench.Register("0") > 10);
    }

    [Fact]
    public void ControlC_OfAHaltedCore_IsIgnored() => Assert.Empty(_bench.Interrupt());

    [Fact]
    public void SoftwareBreakpoint_InRam_StopsAndIsHidden()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("OK", _bench.Ask("Z0,20000104,2"));
        Assert.Equal("T05swbreak:;thread:1;", Assert.Single(_bench.Run("c")));
        Assert.Equal("0860", _bench.Ask("m20000104,2"));
        Assert.Equal(0xBE00, _bench.Session.Memory.ReadHalfWord(0x2000_0104));
        Assert.Equal("OK", _bench.Ask("z0,20000104,2"));
        Assert.Equal(0x6008, _bench.Session.Memory.ReadHalfWord(0x2000_0104));
    }

    [Fact]
    public void SoftwareBreakpoint_CodeWrittenOverIt_KeepsBoth()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("Z0,20000104,2");
        _bench.Ask("M20000104,2:00bf");
        Assert.Equal("00bf", _bench.Ask("m20000104,2"));
        _bench.Ask("z0,20000104,2");
        Assert.Equal(0xBF00, _bench.Session.Memory.ReadHalfWord(0x2000_0104));
    }

    [Theory]
    [InlineData(0x0800_0104u)]
    [InlineData(0x0800_0106u)]
    public void HardwareBreakpoint_InFlash_StopsAtEitherHalf(uint address)
    {
        _bench.LoadLoop(StubBench.Flash);
        Assert.Equal("OK", _bench.Ask($"Z1,{address:x},2"));
        Assert.Equal("T05hwbreak:;thread:1;", Assert.Single(_bench.Run("c")));
        Assert.Equal(address, _bench.Register("f"));
    }

    [Fact]
    public void HardwareBreakpoint_Removed_StopsNoMore()
    {
        _bench.LoadLoop(StubBench.Flash);
        _bench.Ask("Z1,8000104,2");
        _bench.Run("c");
        _bench.Ask("z1,8000104,2");
        _bench.Ask("c");
        _bench.PollSome();
        Assert.Equal("T02thread:1;", Assert.Single(_bench.Interrupt()));
    }

    [Fact]
    public void HardwareBreakpoint_SurvivesAReset()
    {
        _bench.LoadLoop(StubBench.Flash);
        _bench.Ask("Z1,8000104,2");
        Assert.Equal("T05thread:1;", _bench.Ask("vRun;"));
        _bench.SetRegister("f", StubBench.Flash);
        _bench.SetRegister("1", StubBench.Counter);
        _bench.SetRegister("10", 0x0100_0000);
        Assert.Equal("T05hwbreak:;thread:1;", Assert.Single(_bench.Run("c")));
    }

    [Fact]
    public void HardwareBreakpoint_Seventh_IsRefusedWithTheNumber()
    {
        for (var index = 0; index < 6; index++)
        {
            Assert.Equal("OK", _bench.Ask($"Z1,{0x0800_0000 + (index * 2):x},2"));
        }

        Assert.Contains("All 6 hardware breakpoints", _bench.Ask("Z1,8000100,2"), StringComparison.Ordinal);
    }

    [Fact]
    public void HardwareBreakpoint_InRam_IsRefused() => Assert.Contains("do not reach 0x20000104", _bench.Ask("Z1,20000104,2"), StringComparison.Ordinal);

    [Theory]
    [InlineData(2, "watch", 0x2000_0106u)]
    [InlineData(3, "rwatch", 0x2000_0108u)]
    [InlineData(4, "awatch", 0x2000_0106u)]
    public void Watchpoint_StopsAfterTheAccessAndNamesIt(int type, string name, uint stopsAt)
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("OK", _bench.Ask($"Z{type},20000200,4"));
        Assert.Equal($"T05{name}:20000200;thread:1;", Assert.Single(_bench.Run("c")));
        Assert.Equal(stopsAt, _bench.Register("f"));
    }

    [Fact]
    public void Watchpoint_OfAnUnevenRange_IsRefused() => Assert.Contains("cannot be watched", _bench.Ask("Z2,20000202,4"), StringComparison.Ordinal);

    [Fact]
    public void Watchpoint_Fifth_IsRefused()
    {
        for (var index = 0; index < 4; index++)
        {
            Assert.Equal("OK", _bench.Ask($"Z2,{0x2000_0000 + (index * 4):x},4"));
        }

        Assert.Contains("All 4 watchpoints", _bench.Ask("Z2,20000200,4"), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_TakesEverythingOutOfTheChip()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("Z0,20000104,2");
        _bench.Ask("Z1,8000100,2");
        _bench.Ask("Z2,20000200,4");
        _bench.Stub.Dispose();
        var memory = _bench.Session.Memory;
        Assert.Equal((0x6008, 0u, 0u), (memory.ReadHalfWord(0x2000_0104), memory.ReadWord(0xE000_2008), memory.ReadWord(0xE000_1028)));
    }

    [Fact]
    public void Fault_OfTheFirmware_IsASignalWithTheDecodedRegisters()
    {
        _bench.LoadLoop(StubBench.Ram);

        // A load from nowhere: ldr r2,[r1] with r1 = 0x60000000.
        _bench.SetRegister("1", 0x6000_0000);
        var replies = _bench.Run("c");
        Assert.Equal("T0bthread:1;", replies[^1]);
        Assert.Contains("CFSR 0x", StubBench.ConsoleText(replies[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_UndefinedInstruction_IsSigill()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("M20000102,2:00de");
        var replies = _bench.Run("c");
        Assert.Equal("T04thread:1;", replies[^1]);
        Assert.Contains("undefined instruction", StubBench.ConsoleText(replies[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Lockup_WithoutTheCatch_IsFoundByThePoll()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("qRcmd,6361746368206f6666");
        _bench.SetRegister("1", 0x6000_0000);
        var replies = _bench.Run("c");
        Assert.Equal("T0bthread:1;", replies[^1]);
        Assert.Contains("locked up", StubBench.ConsoleText(replies[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Reset_WhileItRuns_IsToldAtTheStop()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("c");
        _bench.PollSome();
        _bench.Session.Memory.WriteWord(0xE000_ED0C, 0x05FA_0004);
        var replies = _bench.PollToStop();
        Assert.Contains("was reset", StubBench.ConsoleText(replies[0]), StringComparison.Ordinal);
    }
}
