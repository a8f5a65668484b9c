using FarmAgent.Simulation.StLink;

namespace FarmAgent.Simulation.Tests.StLink;

/// <summary>Exchanges as real adapters show them, byte for byte.</summary>
public sealed class StLinkCommandTests
{
    [Theory]
    [InlineData("F1", "29 47 83 04 48 37")]
    [InlineData("F5", "02 00")]
    [InlineData("F7", "DC 05 00 00 0E 08 00 00")]
    [InlineData("F2 43 00 00", "80 00")]
    [InlineData("F2 43 03 00", "80 00")]
    [InlineData("F2 43 04 00", "41 00")]
    [InlineData("F2 31", "80 00 00 00 77 14 A0 1B 00 00 00 00")]
    [InlineData("F2 22", "77 14 A0 1B")]
    [InlineData("F2 36 00 ED 00 E0", "80 00 00 00 31 C2 1F 41")]
    [InlineData("F2 45 FF FF 00 00", "80 00 00 00 77 14 A0 1B")]
    [InlineData("F2 45 00 00 FC 00", "80 00 00 00 11 00 77 14")]
    [InlineData("F2 45 00 00 F8 00", "80 00 00 00 03 F0 0F E0")]
    [InlineData("F2 45 01 00 FC 00", "80 00 00 00 00 00 00 00")]
    [InlineData("F2 4B 00 00", "80 00")]
    [InlineData("F2 3B", "80 00")]
    [InlineData("F2 3E", "80 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("F2 07 00 ED 00 E0 04 00 00 00 00 23", "31 C2 1F 41")]
    [InlineData("F2 0C 01 00 00 08 01 00", "50 00")]
    [InlineData("F2 42", "00 00")]
    [InlineData("F2 7F", "42 00")]
    [InlineData("F2 61", "42 00")]
    public void Command_InDebugMode_AnswersAsTheAdapterDoes(string command, string reply) => Assert.Equal(reply, new StLinkRig().Enter().Ask(command));

    [Theory]
    [InlineData("F3 07")]
    [InlineData("F4 00")]
    [InlineData("F4 01")]
    [InlineData("F2 21")]
    [InlineData("FB")]
    [InlineData("E0")]
    public void Command_WithoutReply_LeavesTheReadToTimeOut(string command)
    {
        var rig = new StLinkRig();
        rig.Send(command);
        Assert.Equal(Hardware.Usb.UsbError.Timeout, Assert.Throws<Hardware.Usb.UsbException>(() => rig.Receive()).Error);
    }

    [Fact]
    public void Timeout_SpendsItsTimeOnTheBench()
    {
        var rig = new StLinkRig();
        Assert.Throws<Hardware.Usb.UsbException>(() => rig.Receive());
        Assert.Equal(1_000_000_000_000, rig.Now);
    }

    [Fact]
    public void Halt_ByDebugRegister_ShowsInTheNextRead()
    {
        var rig = new StLinkRig().Enter();
        Assert.Equal("80 00", rig.Ask("F2 35 F0 ED 00 E0 03 00 5F A0"));
        rig.Ask("F2 36 F0 ED 00 E0");
        // The sticky bits are read away, what is left is S_HALT, S_REGRDY, C_HALT, C_DEBUGEN.
        Assert.Equal("80 00 00 00 03 00 03 00", rig.Ask("F2 36 F0 ED 00 E0"));
        Assert.Equal("80 00 00 00 00 01 00 08", rig.Ask("F2 33 0F"));
    }

    [Fact]
    public void WriteRegister_ThenRun_StartsThere()
    {
        var rig = new StLinkRig().Enter();
        rig.Ask("F2 35 F0 ED 00 E0 03 00 5F A0");
        rig.Send("F2 48 00 00 00 20 02 00");
        rig.Data("00 BE");
        Assert.Equal("80 00", rig.Ask("F2 34 0F 00 00 00 20"));
        Assert.Equal("80 00", rig.Ask("F2 34 10 00 00 00 01"));
        rig.Ask("F2 35 F0 ED 00 E0 0B 00 5F A0");
        rig.Ask("F2 35 F0 ED 00 E0 09 00 5F A0");
        Assert.Equal("80 00 00 00 0B 00 03 01", rig.Ask("F2 36 F0 ED 00 E0"));
        Assert.Equal("80 00 00 00 00 00 00 20", rig.Ask("F2 33 0F"));
    }

    [Fact]
    public void AllRegisters_IsEightyEightBytes()
    {
        var rig = new StLinkRig().Enter();
        rig.Ask("F2 35 F0 ED 00 E0 03 00 5F A0");
        rig.Ask("F2 34 05 44 33 22 11");
        var reply = rig.Ask("F2 3A").Split(' ');
        Assert.Equal(88, reply.Length);
        Assert.Equal(["44", "33", "22", "11"], reply[24..28]);
        Assert.Equal(["00", "50", "00", "20"], reply[72..76]);
    }

    [Fact]
    public void Memory_WrittenAndRead_IsTheSameInEveryWidth()
    {
        var rig = new StLinkRig().Enter();
        rig.Send("F2 08 00 01 00 20 08 00");
        rig.Data("01 02 03 04 05 06 07 08");
        Assert.Equal("80 00 00 00 00 00 00 00 00 00 00 00", rig.Ask("F2 3E"));
        rig.Send("F2 0D 01 01 00 20 03 00");
        rig.Data("11 22 33");
        rig.Send("F2 48 06 01 00 20 02 00");
        rig.Data("AA BB");
        Assert.Equal("01 11 22 33 05 06 AA BB", rig.Ask("F2 07 00 01 00 20 08 00"));
        Assert.Equal("22 33", rig.Ask("F2 47 02 01 00 20 02 00"));
        Assert.Equal("33 05 06", rig.Ask("F2 0C 03 01 00 20 03 00"));
    }

    [Fact]
    public void Memory_AtAnAbsentAddress_GivesDataAndAFault()
    {
        var rig = new StLinkRig().Enter();
        Assert.Equal("00 00 00 00", rig.Ask("F2 07 00 00 00 60 04 00"));
        Assert.Equal("11 00 00 00 00 00 00 60 00 00 00 00", rig.Ask("F2 3E"));
        Assert.Equal("31 C2 1F 41", rig.Ask("F2 07 00 ED 00 E0 04 00"));
        Assert.Equal("80 00 00 00 00 00 00 00 00 00 00 00", rig.Ask("F2 3E"));
    }

    [Theory]
    [InlineData("F2 07 02 00 00 20 04 00", "0A")]
    [InlineData("F2 07 00 00 00 20 03 00", "0A")]
    [InlineData("F2 47 01 00 00 20 02 00", "0A")]
    [InlineData("F2 0C 00 00 00 20 41 00", "08")]
    [InlineData("F2 07 00 00 00 20 04 00 01", "1D")]
    public void Memory_BadRequest_IsNamedByTheStatus(string command, string status)
    {
        var rig = new StLinkRig().Enter();
        rig.Ask(command);
        Assert.StartsWith(status, rig.Ask("F2 3E"), StringComparison.Ordinal);
    }

    [Fact]
    public void DebugPort_PowerUp_AcknowledgesAndDrops()
    {
        var rig = new StLinkRig().Enter();
        Assert.Equal("80 00", rig.Ask("F2 46 FF FF 04 00 00 00 00 50"));
        Assert.Equal("80 00 00 00 00 00 00 F0", rig.Ask("F2 45 FF FF 04 00"));
        Assert.Equal("80 00", rig.Ask("F2 46 FF FF 04 00 00 00 00 00"));
        Assert.Equal("80 00 00 00 00 00 00 00", rig.Ask("F2 45 FF FF 04 00"));
    }

    [Fact]
    public void AccessPort_Fault_StaysUntilAbort()
    {
        var rig = new StLinkRig().Enter();
        rig.Ask("F2 46 00 00 00 00 02 00 00 23");
        rig.Ask("F2 46 00 00 04 00 00 00 00 60");
        Assert.StartsWith("11 00", rig.Ask("F2 45 00 00 0C 00"), StringComparison.Ordinal);
        Assert.Equal("80 00 00 00 20 00 00 F0", rig.Ask("F2 45 FF FF 04 00"));
        Assert.StartsWith("15 00", rig.Ask("F2 45 00 00 0C 00"), StringComparison.Ordinal);
        Assert.Equal("80 00", rig.Ask("F2 46 FF FF 00 00 1E 00 00 00"));
        Assert.Equal("80 00 00 00 00 00 00 F0", rig.Ask("F2 45 FF FF 04 00"));
    }

    [Fact]
    public void Miscellaneous_Batch_AnswersEachItem()
    {
        var rig = new StLinkRig().Enter();
        rig.Send("F2 51 04 00 00 00");
        rig.Data("05 01 02 03 00 00 00 00 00 00 00 20 44 33 22 11 00 ED 00 E0");
        Assert.Equal(
            "00 00 00 00 00 00 00 00 00 00 00 00 31 C2 1F 41 80 00 00 00 80 00 00 00 80 00 00 00 80 00 00 00",
            rig.Ask("F2 52"));
        Assert.Equal("44 33 22 11", rig.Ask("F2 07 00 00 00 20 04 00"));
    }

    [Fact]
    public void Nrst_DrivenLow_HoldsTheCoreInReset()
    {
        var rig = new StLinkRig().Enter();
        Assert.Equal("80 00", rig.Ask("F2 3C 00"));
        Assert.True(rig.NrstDriven);
        Assert.Equal("02", rig.Ask("F2 36 F0 ED 00 E0").Split(' ')[7]);
        Assert.Equal("80 00", rig.Ask("F2 3C 01"));
        Assert.False(rig.NrstDriven);
    }

    [Fact]
    public void ResetHalt_ByVectorCatch_StopsAtTheFirstInstruction()
    {
        var rig = new StLinkRig().Enter();
        rig.Ask("F2 35 F0 ED 00 E0 01 00 5F A0");
        rig.Ask("F2 35 FC ED 00 E0 01 00 00 01");
        rig.Ask("F2 35 0C ED 00 E0 04 00 FA 05");
        var dhcsr = rig.Ask("F2 36 F0 ED 00 E0").Split(' ');
        Assert.Equal("03", dhcsr[6]);
        Assert.Equal("02", dhcsr[7]);
        Assert.Equal("80 00 00 00 08 00 00 00", rig.Ask("F2 36 30 ED 00 E0"));
        Assert.Equal("80 00 00 00 00 01 00 08", rig.Ask("F2 33 0F"));
    }

    [Fact]
    public void OldFirmware_DoesNotKnowNewCommands()
    {
        var rig = new StLinkRig(new StLinkOptions { JtagVersion = 14 }).Enter();
        Assert.Equal("42 00", rig.Ask("F2 43 01 00"));
        Assert.Equal("42 00", rig.Ask("F2 3E"));
        Assert.Equal("80 00", rig.Ask("F2 3B"));
    }
}
