using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class FlashLockTests
{
    private const uint Locked = 0x80;

    [Fact]
    public void Control_AfterReset_IsLocked()
    {
        using var flash = new FlashBench();
        Assert.Equal(Locked, flash.Control);
    }

    [Fact]
    public void Keys_InOrder_Unlock()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        Assert.Equal(0u, flash.Control);
    }

    [Theory]
    [InlineData(0xCDEF_89ABu)]
    [InlineData(0x0000_0000u)]
    public void Keys_WrongFirst_BusErrorAndLockedUntilReset(uint wrong)
    {
        using var flash = new FlashBench();
        var response = flash.Chip.TryWrite(FlashBench.KeyRegister, wrong);
        var afterwards = flash.Chip.TryWrite(FlashBench.KeyRegister, 0x4567_0123);
        Assert.Equal((BusResponse.Error, BusResponse.Error, Locked), (response, afterwards, flash.Control));
    }

    [Fact]
    public void Keys_WrongSecond_LockedUntilReset()
    {
        using var flash = new FlashBench();
        flash.Chip.Write(FlashBench.KeyRegister, 0x4567_0123);
        flash.Chip.TryWrite(FlashBench.KeyRegister, 0x4567_0123);
        flash.Chip.TryWrite(FlashBench.KeyRegister, 0xCDEF_89AB);
        Assert.Equal(Locked, flash.Control);
    }

    // PM0075 section 2.3.2 locks up after a wrong sequence; a right one is none, also where the lock is open already. Debuggers and the vendor's
    // library unlock without looking.
    [Fact]
    public void Keys_InOrderWhileUnlocked_LeaveItUnlocked()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Unlock();
        Assert.Equal(0u, flash.Control);
    }

    [Theory]
    [InlineData(0xCDEF_89ABu)]
    [InlineData(0x0000_0000u)]
    public void Keys_WrongWhileUnlocked_LockedUntilReset(uint wrong)
    {
        using var flash = new FlashBench();
        flash.Unlock();
        var response = flash.Chip.TryWrite(FlashBench.KeyRegister, wrong);
        flash.Chip.TryWrite(FlashBench.KeyRegister, 0x4567_0123);
        flash.Chip.TryWrite(FlashBench.KeyRegister, 0xCDEF_89AB);
        Assert.Equal((BusResponse.Error, Locked), (response, flash.Control));
    }

    [Fact]
    public void Keys_AfterAResetOfALockedUpController_UnlockAgain()
    {
        using var flash = new FlashBench();
        flash.Chip.TryWrite(FlashBench.KeyRegister, 1);
        flash.Chip.PulseReset();
        flash.Unlock();
        Assert.Equal(0u, flash.Control);
    }

    [Fact]
    public void Control_WriteWhileLocked_HasNoEffect()
    {
        using var flash = new FlashBench();
        flash.Control = 0x01;
        Assert.Equal(Locked, flash.Control);
    }

    [Fact]
    public void Lock_WrittenByFirmware_LocksAndClearsTheRest()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 0x02;
        flash.Control = Locked;
        Assert.Equal(Locked, flash.Control);
    }

    [Fact]
    public void OptionKeys_AfterTheKeys_SetOptwre()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        Assert.Equal(0x200u, flash.Control);
    }

    [Fact]
    public void Reset_WhileUnlocked_LocksAndClearsProgramBit()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 0x01;
        flash.Chip.PulseReset();
        Assert.Equal(Locked, flash.Control);
    }
}
