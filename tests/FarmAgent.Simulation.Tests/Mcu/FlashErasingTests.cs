namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class FlashErasingTests
{
    private const uint Start = 0x40;
    private const uint PageErase = 0x02;

    private static FlashBench Programmed()
    {
        var flash = new FlashBench();
        flash.Unlock();
        flash.Program(0x3FE, 1);
        flash.Program(0x400, 2);
        flash.Program(0x7FE, 3);
        flash.Program(0x800, 4);
        flash.Chip.Write(FlashBench.StatusRegister, 0x34);
        return flash;
    }

    [Fact]
    public void PageErase_AnyAddressInside_ErasesThatPageOnly()
    {
        using var flash = Programmed();
        flash.StartPageErase(0x455);
        flash.Settle();
        Assert.Equal((1u, 0xFFFFu, 0xFFFFu, 4u), (flash.HalfWord(0x3FE), flash.HalfWord(0x400), flash.HalfWord(0x7FE), flash.HalfWord(0x800)));
    }

    [Theory]
    [InlineData(19.9, FlashBench.Busy)]
    [InlineData(20.1, FlashBench.EndOfOperation)]
    public void PageErase_Takes20Milliseconds(double milliseconds, uint expected)
    {
        using var flash = Programmed();
        flash.StartPageErase(0x400);
        flash.Chip.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(expected, flash.Status);
    }

    [Fact]
    public void Control_AtTheEndOfAnErase_HasLostStrtAndKeptPer()
    {
        using var flash = Programmed();
        flash.StartPageErase(0x400);
        var during = flash.Control;
        flash.Settle();
        Assert.Equal((Start | PageErase, PageErase), (during, flash.Control));
    }

    [Fact]
    public void MassErase_ErasesEverything()
    {
        using var flash = Programmed();
        flash.Control = 0x04;
        flash.Control = 0x44;
        flash.Settle();
        Assert.Equal((0xFFFFu, 0xFFFFu), (flash.HalfWord(0x3FE), flash.HalfWord(0x800)));
    }

    [Fact]
    public void Start_WithPgSetToo_ErasesNothing()
    {
        using var flash = Programmed();
        flash.Chip.Write(FlashBench.AddressRegister, FlashBench.Flash + 0x400);
        flash.Control = 0x43;
        flash.Settle();
        Assert.Equal(2u, flash.HalfWord(0x400));
    }

    [Fact]
    public void PageErase_OutsideTheFlash_ErasesNothing()
    {
        using var flash = Programmed();
        flash.StartPageErase(0x1_0400);
        flash.Settle();
        Assert.Equal((2u, 0u), (flash.HalfWord(0x400), flash.Status));
    }

    [Fact]
    public void Reset_DuringAnErase_LeavesThePageUndefined()
    {
        using var flash = Programmed();
        for (var offset = 0x400u; offset < 0x420; offset += 2)
        {
            flash.Program(offset, 0);
        }

        flash.StartPageErase(0x400);
        flash.Chip.PulseReset();
        Assert.Contains(Enumerable.Range(0x200, 16).Select(i => flash.HalfWord((uint)i * 2)), value => value is not (0 or 0xFFFF));
    }
}
