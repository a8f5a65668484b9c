using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class OptionByteTests
{
    [Fact]
    public void Factory_OptionBytes_AreUnprotected()
    {
        using var flash = new FlashBench();
        Assert.Equal((0x00FF_5AA5u, 0x03FF_FFFCu), (flash.Chip.Read(FlashBench.OptionBytes), flash.Chip.Read(FlashBench.OptionRegister)));
    }

    [Fact]
    public void Program_Option_AddsTheComplement()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.ProgramOption(4, 0x0012);
        Assert.Equal(0xED12u, flash.Chip.Read(FlashBench.OptionBytes + 4, 2));
    }

    [Fact]
    public void Program_OptionWithoutOptionKeys_IsRefused()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 0x210;
        flash.Chip.TryWrite(FlashBench.OptionBytes + 4, 0x12, 2);
        flash.Settle();
        Assert.Equal(0x00FFu, flash.Chip.Read(FlashBench.OptionBytes + 4, 2));
    }

    [Fact]
    public void WriteProtection_AfterReset_StopsProgrammingAndErasing()
    {
        using var flash = new FlashBench();
        Protect(flash, pages0To3: 0xFE);
        flash.Unlock();
        flash.Program(0xFFE, 0x1234);
        var programming = flash.Status;
        flash.Chip.Write(FlashBench.StatusRegister, 0x34);
        flash.StartPageErase(0);
        flash.Settle();
        Assert.Equal((FlashBench.WriteProtectionError, FlashBench.WriteProtectionError, 0xFFFFu), (programming, flash.Status, flash.HalfWord(0xFFE)));
    }

    [Fact]
    public void WriteProtection_OfOtherPages_LeavesPage4Writable()
    {
        using var flash = new FlashBench();
        Protect(flash, pages0To3: 0xFE);
        flash.Unlock();
        flash.Program(0x1000, 0x1234);
        Assert.Equal(0x1234u, flash.HalfWord(0x1000));
    }

    [Fact]
    public void ReadProtection_AfterReset_TurnsTheDebuggerAway()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.Chip.PulseReset();
        Assert.Equal((BusResponse.Error, 2u), (flash.Chip.TryRead(FlashBench.Flash), flash.Chip.Read(FlashBench.OptionRegister) & 2));
    }

    [Fact]
    public void ReadProtection_BeforeAReset_IsNotYetActive()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        Assert.Equal(BusResponse.Okay, flash.Chip.TryRead(FlashBench.Flash));
    }

    [Fact]
    public void ReadProtection_TakenAway_ErasesTheMainMemory()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Program(0x2000, 0x1234);
        flash.Control = 0x80;
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.Chip.PulseReset();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.ProgramOption(0, 0x00A5);
        flash.Chip.PulseReset();
        Assert.Equal((0xFFFFu, 0u), (flash.HalfWord(0x2000), flash.Chip.Read(FlashBench.OptionRegister) & 2));
    }

    // PM0075 section 2.4.1: with the debug mode active the rest of the memory is protected against write and erase, but not against mass erase.
    [Fact]
    public void ReadProtection_WithADebugger_RefusesProgrammingEverywhere()
    {
        using var flash = ReadProtected();
        flash.Control = 0x01;
        flash.StartProgram(0x8000, 0x1234);
        flash.Settle();
        Assert.Equal(FlashBench.WriteProtectionError, flash.Status & FlashBench.WriteProtectionError);
    }

    [Fact]
    public void ReadProtection_WithADebugger_RefusesErasingAPage()
    {
        using var flash = ReadProtected();
        flash.StartPageErase(0x8000);
        Assert.Equal(FlashBench.WriteProtectionError, flash.Status & (FlashBench.WriteProtectionError | FlashBench.Busy));
    }

    [Fact]
    public void ReadProtection_WithADebugger_LetsAMassErasePass()
    {
        using var flash = ReadProtected();
        flash.Control = 0x04;
        flash.Control = 0x44;
        Assert.Equal(FlashBench.Busy, flash.Status & (FlashBench.WriteProtectionError | FlashBench.Busy));
    }

    private static FlashBench ReadProtected()
    {
        var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.Chip.PulseReset();
        flash.Unlock();
        return flash;
    }

    private static void Protect(FlashBench flash, ushort pages0To3)
    {
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.ProgramOption(0, 0x00A5);
        flash.ProgramOption(8, pages0To3);
        flash.Chip.PulseReset();
    }
}
