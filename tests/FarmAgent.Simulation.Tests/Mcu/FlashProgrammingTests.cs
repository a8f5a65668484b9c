using CsCheck;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class FlashProgrammingTests
{
    [Fact]
    public void Program_ErasedHalfWord_HoldsTheValueAndEndsWithEop()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Program(0x400, 0x1234);
        Assert.Equal((0x1234u, FlashBench.EndOfOperation), (flash.HalfWord(0x400), flash.Status));
    }

    [Fact]
    public void Program_RightAfterTheWrite_IsBusy()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        flash.StartProgram(0x400, 0x1234);
        Assert.Equal(FlashBench.Busy, flash.Status);
    }

    [Theory]
    [InlineData(52.0, FlashBench.Busy)]
    [InlineData(53.0, FlashBench.EndOfOperation)]
    public void Program_After52Microseconds_IsBusyAndAfter53NoMore(double microseconds, uint expected)
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        flash.StartProgram(0x400, 0x1234);
        flash.Chip.AdvanceMicroseconds(microseconds);
        Assert.Equal(expected, flash.Status);
    }

    [Fact]
    public void Program_OverOtherContent_IsPgerrAndChangesNothing()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Program(0, 0xFF00);
        flash.Chip.Write(FlashBench.StatusRegister, 0x34);
        flash.Program(0, 0xF000);
        Assert.Equal((0xFF00u, FlashBench.ProgrammingError), (flash.HalfWord(0), flash.Status));
    }

    [Fact]
    public void Program_TheSameValueAgain_IsPgerr()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Program(0, 0x1234);
        flash.Chip.Write(FlashBench.StatusRegister, 0x34);
        flash.Program(0, 0x1234);
        Assert.Equal(FlashBench.ProgrammingError, flash.Status);
    }

    [Fact]
    public void Program_ZeroOverOtherContent_IsAllowed()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Program(0, 0x1234);
        flash.Chip.Write(FlashBench.StatusRegister, 0x34);
        flash.Program(0, 0);
        Assert.Equal((0u, FlashBench.EndOfOperation), (flash.HalfWord(0), flash.Status));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Program_NotAHalfWord_IsABusError(int width)
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        Assert.Equal(BusResponse.Error, flash.Chip.TryWrite(FlashBench.Flash, 0, width));
    }

    [Fact]
    public void Program_WithoutPg_IsABusError()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        Assert.Equal(BusResponse.Error, flash.StartProgram(0, 0));
    }

    [Fact]
    public void Program_WithPerStillSet_IsPgerr()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 0x03;
        flash.StartProgram(0, 0);
        Assert.Equal(FlashBench.ProgrammingError, flash.Status);
    }

    [Fact]
    public void Program_WhileBusy_WaitsInTheBus()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        flash.StartProgram(0, 0x1111);
        flash.StartProgram(2, 0x2222);
        flash.Settle();
        Assert.Equal((0x1111u, 0x2222u), (flash.HalfWord(0), flash.HalfWord(2)));
    }

    [Fact]
    public void Read_WhileBusy_TakesUntilTheEnd()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        var start = flash.Chip.Bench.Elapsed;
        flash.StartProgram(0, 0x1111);
        flash.HalfWord(0x100);
        Assert.InRange((flash.Chip.Bench.Elapsed - start).TotalMicroseconds, 52.5, 53.5);
    }

    [Fact]
    public void Read_ByTheCoreWhileBusy_StallsIt()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        flash.StartProgram(0, 0x1111);
        flash.Chip.Read(FlashBench.Flash, master: BusMaster.Core);

        // 52.5 us at 8 MHz.
        Assert.InRange(flash.Chip.Chip.Bus.TakeStall(), 418, 421);
    }

    [Fact]
    public void Reset_DuringProgramming_LeavesTheHalfWordUndefined()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        flash.StartProgram(0x10, 0x0000);
        flash.Chip.PulseReset();
        Assert.NotInRange(flash.HalfWord(0x10), 0u, 0u);
        Assert.Contains(flash.Chip.Bench.Notices, n => n.Text.Contains("undefined", StringComparison.Ordinal));
    }

    [Fact]
    public void Status_WriteOne_ClearsTheFlag()
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Program(0, 0);
        flash.Chip.Write(FlashBench.StatusRegister, FlashBench.EndOfOperation);
        Assert.Equal(0u, flash.Status);
    }

    [Fact]
    public void Program_AnySequence_OnlyClearsBits() => Gen.UShort.Array[1, 8].Sample(values =>
    {
        using var flash = new FlashBench();
        flash.Unlock();
        var cells = 0xFFFFu;
        foreach (var value in values)
        {
            flash.Program(0, value);
            var now = flash.HalfWord(0);
            Assert.Equal(0u, now & ~cells);
            cells = now;
        }
    }, iter: 50);
}
