using FarmAgent.Hardware;
using FarmAgent.Hardware.Usb;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.Tests.StLink;

public sealed class StLinkProbeTests
{
    private const string ReadCpuId = "F2 36 00 ED 00 E0";
    private const string CpuId = "80 00 00 00 31 C2 1F 41";
    private const string AccessedOk = "80 00 00 00 00 00 00 00 00 00 00 00";
    private readonly ScriptedProbe _script = new();

    [Fact]
    public void ReadTargetVolts_Reply_IsComputedFromTheReference()
    {
        _script.Pipe.Expect("F7", "DC 05 00 00 0E 08 00 00");
        Assert.Equal(3.299, _script.Open().ReadTargetVolts()!.Value, 0.001);
    }

    [Fact]
    public void ReadTargetVolts_NoReference_IsUnknown()
    {
        _script.Pipe.Expect("F7", "00 00 00 00 0E 08 00 00");
        Assert.Null(_script.Open().ReadTargetVolts());
    }

    [Fact]
    public void SetSwdKilohertz_Request_SendsTheDivisor()
    {
        _script.Pipe.Expect("F2 43 03 00", "80 00");
        Assert.Equal(950, _script.Open().SetSwdKilohertz(1000));
    }

    [Fact]
    public void EnterSwd_TargetAnswers_OpensTheAccessPort()
    {
        _script.Pipe.Expect("F2 30 A3", "80 00").Expect("F2 4B", "80 00");
        _script.Open().EnterSwd();
        Assert.True(_script.Pipe.IsDone);
    }

    [Theory]
    [InlineData("09 00")]
    [InlineData("05 00")]
    public void EnterSwd_NothingAnswers_IsNotConnected(string status)
    {
        _script.Pipe.Expect("F2 30 A3", status);
        Assert.Equal("TARGET_NOT_CONNECTED", Assert.Throws<TargetException>(_script.Open().EnterSwd).Reason);
    }

    [Fact]
    public void EnterSwd_OpenedInAnotherMode_LeavesThatAndTriesAgain()
    {
        _script.Pipe.Expect("F2 30 A3", "0E 00").Expect("F2 21").Expect("F2 30 A3", "80 00").Expect("F2 4B", "80 00");
        _script.Open().EnterSwd();
        Assert.True(_script.Pipe.IsDone);
    }

    [Fact]
    public void ReadDebugPortId_Reply_IsTheFirstId()
    {
        _script.Pipe.Expect("F2 31", "80 00 00 00 77 14 A0 1B 00 00 00 00");
        Assert.Equal(0x1BA0_1477u, _script.Open().ReadDebugPortId());
    }

    [Fact]
    public void ReadWord_Reply_IsItsValue()
    {
        _script.Pipe.Expect(ReadCpuId, CpuId);
        Assert.Equal(0x411F_C231u, _script.Open().Memory.ReadWord(0xE000_ED00));
    }

    [Fact]
    public void WriteWord_Value_FollowsTheAddress()
    {
        _script.Pipe.Expect("F2 35 F0 ED 00 E0 03 00 5F A0", "80 00");
        _script.Open().Memory.WriteWord(0xE000_EDF0, 0xA05F_0003);
        Assert.True(_script.Pipe.IsDone);
    }

    [Fact]
    public void WriteWord_RegisterReadsBackDifferently_IsNoError()
    {
        _script.Pipe.Expect("F2 35 0C 20 02 40 34", "0D 00");
        _script.Open().Memory.WriteWord(0x4002_200C, 0x34);
        Assert.True(_script.Pipe.IsDone);
    }

    [Theory]
    [InlineData("10 00 00 00 00 00 00 00")]
    [InlineData("14 00 00 00 00 00 00 00")]
    public void ReadWord_BusWaits_IsRepeatedWithGrowingPauses(string wait)
    {
        _script.Pipe.Expect(ReadCpuId, wait).Expect(ReadCpuId, wait).Expect(ReadCpuId, wait).Expect(ReadCpuId, CpuId);
        _script.Open().Memory.ReadWord(0xE000_ED00);
        Assert.Equal([1, 2, 4], _script.Waiter.Waits.Select(w => w.TotalMilliseconds));
    }

    [Fact]
    public void ReadWord_BusWaitsForever_EndsAfterEightPauses()
    {
        for (var i = 0; i < 9; i++)
        {
            _script.Pipe.Expect(ReadCpuId, "10 00 00 00 00 00 00 00");
        }

        var probe = _script.Open();
        Assert.Equal("TARGET_BUS_STALLED", Assert.Throws<TargetException>(() => probe.Memory.ReadWord(0xE000_ED00)).Reason);
    }

    [Fact]
    public void ReadWord_ParityError_IsRepeatedOnce()
    {
        _script.Pipe.Expect(ReadCpuId, "17 00 00 00 00 00 00 00").Expect(ReadCpuId, CpuId);
        Assert.Equal(0x411F_C231u, _script.Open().Memory.ReadWord(0xE000_ED00));
    }

    [Fact]
    public void ReadWord_StickyError_IsClearedByAbortAndRepeated()
    {
        _script.Pipe.Expect(ReadCpuId, "19 00 00 00 00 00 00 00").Expect("F2 46 FF FF 00 00 1E", "80 00").Expect(ReadCpuId, CpuId);
        Assert.Equal(0x411F_C231u, _script.Open().Memory.ReadWord(0xE000_ED00));
    }

    [Fact]
    public void ReadWord_UnopenedAccessPort_IsOpenedAndRepeated()
    {
        _script.Pipe.Expect(ReadCpuId, "1D 00 00 00 00 00 00 00").Expect("F2 4B", "80 00").Expect(ReadCpuId, CpuId);
        Assert.Equal(0x411F_C231u, _script.Open().Memory.ReadWord(0xE000_ED00));
    }

    [Fact]
    public void ReadWord_Unaligned_IsRefusedBeforeItIsSent()
    {
        var memory = _script.Open().Memory;
        Assert.Equal(0x2000_0002u, Assert.Throws<MemoryFaultException>(() => memory.ReadWord(0x2000_0002)).Address);
    }

    [Theory]
    [InlineData("42 00", "PROBE_UNSUPPORTED")]
    [InlineData("06 00", "PROBE_INTERNAL_ERROR")]
    [InlineData("08 00", "PROBE_WRONG_MODE")]
    [InlineData("16 00", "TARGET_LINK_LOST")]
    [InlineData("7F 00", "TARGET_ACCESS_FAILED")]
    public void DriveReset_BadStatus_HasItsReason(string status, string reason)
    {
        _script.Pipe.Expect("F2 3C 00", status);
        var probe = _script.Open();
        Assert.Equal(reason, Assert.ThrowsAny<FarmException>(() => probe.DriveReset(low: true)).Reason);
    }

    [Fact]
    public void ReadCoreRegister_Reply_IsItsValue()
    {
        _script.Pipe.Expect("F2 33 0F", "80 00 00 00 2C 01 00 08");
        Assert.Equal(0x0800_012Cu, _script.Open().ReadCoreRegister(CoreRegister.Pc));
    }

    [Fact]
    public void WriteCoreRegister_Value_FollowsTheIndex()
    {
        _script.Pipe.Expect("F2 34 0F 00 00 00 20", "80 00");
        _script.Open().WriteCoreRegister(CoreRegister.Pc, 0x2000_0000);
        Assert.True(_script.Pipe.IsDone);
    }

    [Fact]
    public void Read_UnalignedRange_IsSplitIntoBytesWordsBytes()
    {
        _script.Pipe
            .Expect("F2 0C 01 00 00 20 03 00", "01 02 03").Expect("F2 3E", AccessedOk)
            .Expect("F2 07 04 00 00 20 08 00", "04 05 06 07 08 09 0A 0B").Expect("F2 3E", AccessedOk)
            .Expect("F2 0C 0C 00 00 20 02 00", "0C 0D").Expect("F2 3E", AccessedOk);
        var data = new byte[13];
        _script.Open().Memory.Read(0x2000_0001, data);
        Assert.Equal("0102030405060708090A0B0C0D", Convert.ToHexString(data));
    }

    [Fact]
    public void Read_OneByte_TakesTheFirstOfTwo()
    {
        _script.Pipe.Expect("F2 0C 01 00 00 20 01 00", "5A A5").Expect("F2 3E", AccessedOk);
        var data = new byte[1];
        _script.Open().Memory.Read(0x2000_0001, data);
        Assert.Equal(0x5A, data[0]);
    }

    [Fact]
    public void Read_MoreThanOneBlock_IsSplitAtTheLimit()
    {
        _script.Pipe
            .Expect("F2 07 00 00 00 08 00 18", new string('0', 2 * 6144)).Expect("F2 3E", AccessedOk)
            .Expect("F2 07 00 18 00 08 04 00", "AA BB CC DD").Expect("F2 3E", AccessedOk);
        var data = new byte[6148];
        _script.Open().Memory.Read(0x0800_0000, data);
        Assert.Equal(0xDD, data[^1]);
    }

    [Fact]
    public void Read_BusFault_NamesTheAddressThatFaulted()
    {
        _script.Pipe.Expect("F2 07 00 00 00 60 08 00", "00 00 00 00 00 00 00 00").Expect("F2 3E", "11 00 00 00 04 00 00 60 00 00 00 00");
        var memory = _script.Open().Memory;
        var error = Assert.Throws<MemoryFaultException>(() => memory.Read(0x6000_0000, new byte[8]));
        Assert.Equal(0x6000_0004u, error.Address);
    }

    [Fact]
    public void Write_Words_SendsDataAfterTheCommand()
    {
        _script.Pipe.Expect("F2 08 00 00 00 20 04 00").ExpectData("11 22 33 44").Expect("F2 3E", AccessedOk);
        _script.Open().Memory.Write(0x2000_0000, [0x11, 0x22, 0x33, 0x44]);
        Assert.True(_script.Pipe.IsDone);
    }

    [Fact]
    public void WriteHalfWord_Value_IsOneAccessOfSixteenBits()
    {
        _script.Pipe.Expect("F2 48 00 30 00 40 02 00").ExpectData("AA AA").Expect("F2 3E", AccessedOk);
        _script.Open().Memory.WriteHalfWord(0x4000_3000, 0xAAAA);
        Assert.True(_script.Pipe.IsDone);
    }

    [Fact]
    public void ReadWord_ReplyOfWrongLength_IsTakenForStaleAndAskedAgain()
    {
        _script.Pipe.Expect(ReadCpuId, "80 00").Expect("F5", "02 00").Expect(ReadCpuId, CpuId);
        Assert.Equal(0x411F_C231u, _script.Open().Memory.ReadWord(0xE000_ED00));
    }

    [Fact]
    public void ReadWord_NoReply_IsAskedAgainInStep()
    {
        _script.Pipe.Expect(ReadCpuId).Expect("F5", "02 00").Expect(ReadCpuId, CpuId);
        Assert.Equal(0x411F_C231u, _script.Open().Memory.ReadWord(0xE000_ED00));
    }

    [Fact]
    public void ReadWord_Stall_ClearsBothEndpoints()
    {
        _script.Pipe.ExpectReadFailure(ReadCpuId, UsbError.Stall).Expect("F5", "02 00").Expect(ReadCpuId, CpuId);
        _script.Open().Memory.ReadWord(0xE000_ED00);
        Assert.Equal([0x81, 0x02], _script.Pipe.ClearedHalts.Order().Reverse());
    }

    [Fact]
    public void ReadWord_ProbeHangs_IsResetAndTheSessionEnds()
    {
        _script.Pipe.Expect(ReadCpuId).Expect("F5").Expect("F5", "01 00");
        var memory = _script.Open().Memory;
        Assert.Equal("PROBE_WAS_RESET", Assert.Throws<ProbeException>(() => memory.ReadWord(0xE000_ED00)).Reason);
        Assert.Equal(1, _script.Pipe.Resets);
    }

    [Fact]
    public void WriteWord_NoReply_IsNotSentTwice()
    {
        _script.Pipe.Expect("F2 35 00 00 00 20 01").Expect("F5", "02 00");
        var memory = _script.Open().Memory;
        Assert.Equal("PROBE_REPLY_LOST", Assert.Throws<ProbeException>(() => memory.WriteWord(0x2000_0000, 1)).Reason);
    }

    [Fact]
    public void Dispose_InDebugMode_LeavesItAndGivesThePipeBack()
    {
        _script.Pipe.Expect("F2 30 A3", "80 00").Expect("F2 4B", "80 00").Expect("F2 21");
        var probe = _script.Open();
        probe.EnterSwd();
        probe.Dispose();
        Assert.True(_script.Pipe.IsDone && _script.Pipe.IsDisposed);
    }
}
