using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.StLink;

namespace FarmAgent.Simulation.Tests.StLink;

public sealed class StLinkModeTests
{
    [Fact]
    public void PowerUp_OfAStandAloneAdapter_IsInDfu() => Assert.Equal("00 00", new StLinkRig().Ask("F5"));

    [Fact]
    public void Modes_FollowTheirCommands()
    {
        var rig = new StLinkRig();
        rig.Send("F3 07");
        Assert.Equal("01 00", rig.Ask("F5"));
        rig.Ask("F2 30 A3 00");
        Assert.Equal("02 00", rig.Ask("F5"));
        rig.Send("F2 21");
        Assert.Equal("01 00", rig.Ask("F5"));
        rig.Send("F4 00");
        Assert.Equal("03 00", rig.Ask("F5"));
        rig.Send("F4 01");
        Assert.Equal("01 00", rig.Ask("F5"));
    }

    [Fact]
    public void Enter_WithoutATarget_SaysSoAndStaysOut()
    {
        var rig = new StLinkRig { SwdConnected = false };
        rig.Send("F3 07");
        Assert.Equal("09 00", rig.Ask("F2 30 A3 00"));
        Assert.Equal("01 00", rig.Ask("F5"));
    }

    [Theory]
    [InlineData("F2 36 00 ED 00 E0", 8)]
    [InlineData("F2 07 00 00 00 20 10 00", 16)]
    [InlineData("F2 0C 00 00 00 20 01 00", 2)]
    [InlineData("F2 31", 12)]
    [InlineData("F2 3A", 88)]
    [InlineData("F2 34 0F 00 00 00 20", 2)]
    public void Command_OutsideDebugMode_KeepsItsLength(string command, int length)
    {
        var rig = new StLinkRig();
        rig.Send("F3 07");
        Assert.Equal(length, rig.Ask(command).Split(' ').Length);
        Assert.StartsWith("08", rig.Ask("F2 3E"), StringComparison.Ordinal);
    }

    [Fact]
    public void SecondCommand_BeforeTheReply_PutsThePipeOutOfStep()
    {
        var rig = new StLinkRig();
        rig.Send("F1");
        rig.Send("F5");
        Assert.Equal("29 47 83 04 48 37", rig.Receive());
        Assert.Equal("00 00", rig.Receive());
    }

    [Fact]
    public void Read_OfLessThanThePacket_IsAnOverflow()
    {
        var rig = new StLinkRig();
        rig.Send("F1");
        Assert.Equal(UsbError.Overflow, Assert.Throws<UsbException>(() => rig.Receive(4)).Error);
    }

    [Fact]
    public void Read_InWholePackets_ContinuesTheReply()
    {
        var rig = new StLinkRig().Enter();
        rig.Send("F2 07 00 00 00 08 50 00");
        Assert.Equal(64, rig.Receive(64).Split(' ').Length);
        Assert.Equal(16, rig.Receive(64).Split(' ').Length);
    }

    [Fact]
    public void Unplug_FailsThePipe_AndReplugNeedsANewOne()
    {
        var rig = new StLinkRig().Enter();
        rig.Probe.Connected = false;
        Assert.Equal(UsbError.Disconnected, Assert.Throws<UsbException>(() => rig.Send("F5")).Error);
        Assert.Equal(UsbError.Disconnected, Assert.Throws<UsbException>(() => rig.Probe.Open()).Error);
        rig.Probe.Connected = true;
        Assert.Equal("PROBE_DISCONNECTED", Assert.Throws<UsbException>(() => rig.Send("F5")).Reason);
        rig.Pipe = rig.Probe.Open();
        Assert.Equal("00 00", rig.Ask("F5"));
    }

    [Fact]
    public void Unplug_ReleasesNrst()
    {
        var rig = new StLinkRig().Enter();
        rig.Ask("F2 3C 00");
        rig.Probe.Connected = false;
        Assert.False(rig.NrstDriven);
    }

    [Fact]
    public void Open_Twice_IsBusy()
    {
        var rig = new StLinkRig();
        Assert.Equal(UsbError.Busy, Assert.Throws<UsbException>(() => rig.Probe.Open()).Error);
        rig.Pipe.Dispose();
        rig.Probe.Open().Dispose();
    }

    [Fact]
    public void PowerLoss_OfTheTarget_IsNoDevice()
    {
        var rig = new StLinkRig().Enter();
        rig.SwdConnected = false;
        Assert.StartsWith("05", rig.Ask("F2 36 00 ED 00 E0"), StringComparison.Ordinal);
        rig.SwdConnected = true;
        // The port answers again only after the line sequence of the next entry.
        Assert.StartsWith("05", rig.Ask("F2 36 00 ED 00 E0"), StringComparison.Ordinal);
        Assert.Equal("80 00", rig.Ask("F2 30 A3 00"));
        Assert.Equal("80 00 00 00 31 C2 1F 41", rig.Ask("F2 36 00 ED 00 E0"));
    }

    [Fact]
    public void Waits_UpToEight_AreHidden()
    {
        var rig = new StLinkRig().Enter();
        rig.Ask("F2 36 00 ED 00 E0");
        rig.Dap.WaitsToAnswer = 8;
        Assert.StartsWith("80", rig.Ask("F2 36 00 ED 00 E0"), StringComparison.Ordinal);
        rig.Dap.WaitsToAnswer = 100;
        Assert.StartsWith("10", rig.Ask("F2 36 00 ED 00 E0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Version3_AnswersByItsOwnCommands()
    {
        var options = new StLinkOptions { Generation = 3, JtagVersion = 13, SwimVersion = 0, ProductId = 0x374E, StartMode = StLinkMode.Idle, OutEndpoint = 0x01, PacketSize = 512 };
        var rig = new StLinkRig(options);
        Assert.Equal("30 00 83 04 4E 37", rig.Ask("F1"));
        Assert.Equal("03 00 0D 00 00 00 00 00 83 04 4E 37", rig.Ask("FB"));
        Assert.Equal("80 00 00 00 C0 5D 00 00", rig.Ask("F2 61 00 00 C0 5D 00 00"));
        Assert.Equal("42 00", rig.Ask("F2 43 00 00"));
    }

    [Fact]
    public void Time_OfABlock_CountsTransfersPacketsAndClocks()
    {
        var rig = new StLinkRig().Enter();
        rig.Ask("F2 43 00 00");
        var before = rig.Now;
        rig.Ask("F2 07 00 00 00 08 00 01");
        // Two transfers of 125 us, 1 + 4 packets of 45 us, 64 words of 100 clocks at 4 MHz.
        Assert.Equal((2 * 125_000_000L) + (5 * 45_000_000L) + (64 * 100 * 250_000L), rig.Now - before);
    }
}
