using System.Text;
using FarmAgent.Probes.Gdb;
using FarmAgent.Simulation.Faults;

namespace FarmAgent.Probes.Tests.Gdb;

/// <summary>Packets of the stub at the twin's chip: what is known of the target, registers, memory, flash, monitor, and the ends.</summary>
public sealed class GdbStubTests : IDisposable
{
    private readonly StubBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Attach_BlankChip_IsALockupWithItsFault()
    {
        Assert.Equal("T0bthread:1;", _bench.Ask("?"));
        Assert.Contains("locked up", Assert.Single(_bench.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Attach_RunningCore_HaltsIt() => Assert.True(_bench.Session.Core.ReadState().IsHalted);

    [Fact]
    public void Supported_OfferedFeatures_AreAnsweredWithThePacketSize()
    {
        var features = _bench.Ask("qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+")!.Split(';');
        Assert.Contains("PacketSize=4000", features);
        Assert.Contains("QStartNoAckMode+", features);
        Assert.Contains("qXfer:features:read+", features);
        Assert.Contains("qXfer:memory-map:read+", features);
        Assert.Contains("hwbreak+", features);
        Assert.DoesNotContain("multiprocess+", features);
    }

    [Theory]
    [InlineData("QCatchSyscalls:1")]
    [InlineData("vMustReplyEmpty")]
    [InlineData("qSymbol::")]
    [InlineData("QNonStop:1")]
    [InlineData("Z9,0,1")]
    public void Unknown_Packet_IsAnsweredEmpty(string packet) => Assert.Equal("", _bench.Ask(packet));

    [Theory]
    [InlineData("qC", "QC1")]
    [InlineData("qfThreadInfo", "m1")]
    [InlineData("qsThreadInfo", "l")]
    [InlineData("Hg0", "OK")]
    [InlineData("T1", "OK")]
    [InlineData("qAttached", "1")]
    [InlineData("!", "OK")]
    public void Thread_Questions_ThereIsOne(string packet, string answer) => Assert.Equal(answer, _bench.Ask(packet));

    [Fact]
    public void TargetDescription_InPieces_IsThatOfTheMProfile()
    {
        var xml = Transfer("qXfer:features:read:target.xml:", 0x64);
        Assert.Contains("org.gnu.gdb.arm.m-profile", xml, StringComparison.Ordinal);
        Assert.Contains("org.gnu.gdb.arm.m-system", xml, StringComparison.Ordinal);
        Assert.Equal(23, xml.Split("<reg ").Length - 1);
        Assert.EndsWith("</target>\n", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryMap_Chip_HasItsFlashWithBlocks()
    {
        var xml = Transfer("qXfer:memory-map:read::", 0x1000);
        Assert.Contains("<memory type=\"flash\" start=\"0x08000000\" length=\"0x10000\"><property name=\"blocksize\">0x400</property></memory>", xml, StringComparison.Ordinal);
        Assert.Contains("<memory type=\"ram\" start=\"0x20000000\" length=\"0x5000\"/>", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Registers_General_AreSeventeen()
    {
        _bench.LoadLoop(StubBench.Ram);
        var all = _bench.Ask("g")!;
        Assert.Equal(17 * 8, all.Length);
        Assert.Equal("00020020", all.Substring(8, 8));
        Assert.Equal("00010020", all.Substring(15 * 8, 8));
    }

    [Fact]
    public void Registers_AllWritten_ReadBack()
    {
        _bench.LoadLoop(StubBench.Ram);
        var wanted = string.Concat("78563412", _bench.Ask("g")![8..]);
        Assert.Equal("OK", _bench.Ask("G" + wanted));
        Assert.Equal(wanted, _bench.Ask("g"));
    }

    [Fact]
    public void Register_OfTheSystem_IsAByteOfItsOwn()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("OK", _bench.Ask("P13=01"));
        Assert.Equal(("01", "00", "00", "00"), (_bench.Ask("p13"), _bench.Ask("p14"), _bench.Ask("p15"), _bench.Ask("p16")));
    }

    [Theory]
    [InlineData("p17")]
    [InlineData("P0=00")]
    [InlineData("Pxx=00000000")]
    [InlineData("G00")]
    public void Register_ThatIsNone_IsAnError(string packet) => Assert.Equal("E01", _bench.Ask(packet));

    [Fact]
    public void Memory_Written_ReadsBackAndIsNoted()
    {
        Assert.Equal("OK", _bench.Ask("M20000001,3:010203"));
        Assert.Equal("010203", _bench.Ask("m20000001,3"));
        Assert.Equal(1, _bench.MemoryWrites);
    }

    [Fact]
    public void Memory_WrittenInBinary_ReadsBack()
    {
        Assert.Equal("OK", _bench.Ask([.. "X20000004,4:"u8, 0x23, 0x7D, 0x2A, 0x24]));
        Assert.Equal("237d2a24", _bench.Ask("m20000004,4"));
    }

    [Fact]
    public void Memory_BinaryOfNoBytes_IsUnderstoodAndWritesNothing() => Assert.Equal(("OK", 0), (_bench.Ask("X20000004,0:"), _bench.MemoryWrites));

    [Theory]
    [InlineData("m60000000,4", "E0e")]
    [InlineData("mxyz,4", "E01")]
    [InlineData("M20000000,4:01", "E01")]
    public void Memory_ThatIsNotThere_IsAnError(string packet, string answer) => Assert.Equal(answer, _bench.Ask(packet));

    [Fact]
    public void Memory_FlashByAWrite_IsRefusedWithTheReason()
    {
        Assert.Equal("E0e", _bench.Ask("M08000000,2:0000"));
        Assert.Equal(0, _bench.MemoryWrites);
        Assert.Contains("FLASH_NOT_WRITTEN", _bench.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Checksum_Text_IsThatOfTheStandardCheck()
    {
        _bench.Ask([.. "X20000000,9:123456789"u8]);
        Assert.Equal("C0376e6e7", _bench.Ask("qCRC:20000000,9"));
    }

    [Fact]
    public void Flash_EraseWriteDone_IsHandedOnAtOnceAtTheEnd()
    {
        Assert.Equal("OK", _bench.Ask("vFlashErase:08000000,00000800"));
        Assert.Equal("OK", _bench.Ask([.. "vFlashWrite:08000400:"u8, 0x23, 0x7D, 0x01]));
        Assert.Null(_bench.Programmed);
        Assert.Equal("OK", _bench.Ask("vFlashDone"));
        Assert.Equal(new GdbErasedRange(0x0800_0000, 0x800), Assert.Single(_bench.Programmed!.Erased));
        Assert.Equal([0x23, 0x7D, 0x01], Assert.Single(_bench.Programmed.Pieces).Data.ToArray());
    }

    [Theory]
    [InlineData("vFlashErase:08000100,00000400")]
    [InlineData("vFlashErase:0800fc00,00000800")]
    [InlineData("vFlashErase:20000000,00000400")]
    [InlineData("vFlashWrite:20000000:ab")]
    public void Flash_OutsideOfIt_IsAnError(string packet) => Assert.StartsWith("E.", _bench.Ask(packet), StringComparison.Ordinal);

    [Fact]
    public void Flash_ThatFails_SaysWhyAndTheNextOneBeginsAnew()
    {
        _bench.ProgramFails = new TargetException("READ_PROTECTED", "The flash is protected.");
        _bench.Ask("vFlashErase:08000000,00000400");
        Assert.Equal("E.READ_PROTECTED: The flash is protected", _bench.Ask("vFlashDone"));
        _bench.ProgramFails = null;
        _bench.Ask("vFlashErase:08000400,00000400");
        Assert.Equal("OK", _bench.Ask("vFlashDone"));
        Assert.Equal(0x0800_0400u, Assert.Single(_bench.Programmed!.Erased).Address);
    }

    [Theory]
    [InlineData("help", "monitor reset run")]
    [InlineData("nonsense", "'nonsense' is no monitor command.")]
    [InlineData("status", "test chip: Cortex-M3")]
    [InlineData("faults", "instruction fetch from a forbidden region")]
    public void Monitor_Command_Prints(string command, string expected)
    {
        _bench.Stub.Receive(GdbFrame.Encode(Encoding.ASCII.GetBytes("qRcmd," + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(command)))));
        var replies = _bench.PollToStop();
        Assert.Equal("OK", replies[^1]);
        Assert.Contains(expected, string.Concat(replies.SkipLast(1).Select(StubBench.ConsoleText)), StringComparison.Ordinal);
    }

    [Fact]
    public void Monitor_ResetHalt_IsBeforeTheFirstInstruction()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("OK", Monitor("reset halt"));
        Assert.Equal(0xFFFF_FFFEu, _bench.Register("f"));
    }

    [Fact]
    public void Monitor_Resume_RegistersAreRefusedUntilContinueAndItsStop()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("OK", Monitor("resume"));
        Assert.StartsWith("E.CORE_RUNS", _bench.Ask("g"), StringComparison.Ordinal);
        Assert.Null(_bench.Ask("c"));
        Assert.Equal("T02thread:1;", Assert.Single(_bench.Interrupt()));
    }

    [Fact]
    public void Detach_Core_RunsWithoutADebugger()
    {
        _bench.LoadLoop(StubBench.Ram);
        Assert.Equal("OK", _bench.Ask("D"));
        var state = _bench.Session.Core.ReadState();
        Assert.False(state.IsHalted || state.DebugEnabled);
    }

    [Fact]
    public void AttachAgain_AfterDetach_HaltsAndBreakpointsWork()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("D");
        Assert.Equal("T05thread:1;", _bench.Ask("vAttach;1"));
        _bench.Ask("Z0,20000104,2");
        Assert.StartsWith("T05", _bench.Run("c")[^1], StringComparison.Ordinal);
        Assert.Equal(0x2000_0104u, _bench.Register("f"));
    }

    [Fact]
    public void Kill_EndsTheConnection()
    {
        Assert.Null(_bench.Ask("k"));
        Assert.True(_bench.Stub.IsOver);
    }

    [Fact]
    public void KillInExtendedMode_LeavesNoProgramUntilItIsRunAgain()
    {
        Assert.Equal("OK", _bench.Ask("vKill;1"));
        Assert.Equal(("W00", "l", false), (_bench.Ask("?"), _bench.Ask("qfThreadInfo"), _bench.Stub.IsOver));
        Assert.StartsWith("T05", _bench.Ask("vRun;"), StringComparison.Ordinal);
        Assert.True(_bench.Session.Core.ReadState().IsHalted);
    }

    [Fact]
    public void CutOff_Idle_TheNextAnswerIsTheReason()
    {
        _bench.Stub.CutOff(new TargetException("LEASE_LOST", "It is over. Acquire it again."));
        Assert.Equal("E.LEASE_LOST: It is over; Acquire it again", Assert.Single(_bench.PollToStop()));
    }

    [Fact]
    public void CutOff_WhileItRuns_PrintsTheReasonAndEndsTheProgram()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("c");
        _bench.Stub.CutOff(new TargetException("LEASE_LOST", "It is over."));
        var sent = _bench.TakeSent();
        Assert.Contains(Convert.ToHexStringLower("LEASE_LOST: It is over."u8), sent, StringComparison.Ordinal);
        Assert.EndsWith("$X0f#ee", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void Poll_ProbeUnplugged_IsTheOwnersAffair()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("c");
        _bench.Bench.Faults.UnplugProbe();
        Assert.Equal("PROBE_DISCONNECTED", Assert.Throws<ProbeException>(() => _bench.Stub.Poll()).Reason);
    }

    [Fact]
    public void Poll_TargetLosesPower_StopsAsLostWithTheReason()
    {
        _bench.LoadLoop(StubBench.Ram);
        _bench.Ask("c");
        _bench.Bench.Faults.Apply(new BenchFault(BenchFaultKind.PowerOff));
        var replies = _bench.PollToStop();
        Assert.Equal("T20thread:1;", replies[^1]);
        Assert.Contains("TARGET_", StubBench.ConsoleText(replies[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Acknowledgements_UntilTheyAreTurnedOff_AreSentAndRefusalsRepeat()
    {
        using var bench = new AcknowledgingStub();
        Assert.Equal("+$QC1#c5", bench.Exchange("$qC#b4"));
        Assert.Equal("$QC1#c5", bench.Exchange("-"));
        Assert.Equal("-", bench.Exchange("$qC#00"));
        Assert.Equal("+$OK#9a", bench.Exchange("+$QStartNoAckMode#b0"));
        Assert.Equal("$QC1#c5", bench.Exchange("+$qC#b4"));
    }

    private string? Monitor(string command)
    {
        _bench.Stub.Receive(GdbFrame.Encode(Encoding.ASCII.GetBytes("qRcmd," + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(command)))));
        return _bench.PollToStop()[^1];
    }

    private string Transfer(string packet, int piece)
    {
        var document = new StringBuilder();
        while (true)
        {
            var reply = _bench.Ask($"{packet}{document.Length:x},{piece:x}")!;
            document.Append(reply.AsSpan(1));
            if (reply[0] == 'l')
            {
                return document.ToString();
            }
        }
    }
}
