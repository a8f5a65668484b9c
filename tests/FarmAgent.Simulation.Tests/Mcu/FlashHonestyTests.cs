using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>What firmware and debuggers find when they do it wrong. Each test names the section that says so.</summary>
public sealed class FlashHonestyTests
{
    // ldr r0, =FLASH; both keys to KEYR; CR = PER; AR = 0x08000400; CR = PER | STRT; 1 to Result; b .
    private const string ErasePage1 = "0748084941600849416002210161074941614221016101214ff000504160fee70020024023016745ab89efcd00040008";

    // ldr r0, =0x08000800; strh 0, [r0]; b .
    private const string ProgramLocked = "4ff0082000210180fee7";

    // Both keys; CR = PG; strh 0, [0x08000801]; b .
    private const string ProgramOdd = "0548064941600649416001210161054800210180fee700000020024023016745ab89efcd01080008";

    // Both keys; CR = PG; 0 to 15 as half-words from 0x08001000 on, each waited for; FLASH_SR to Result; b .
    private const string ProgramSixteen = "0a480b4941600b494160012101610a4a002122f8021bc368db07fcd401311029f7d1c3684ff000504360fee70020024023016745ab89efcd00100008";

    private const uint PreciseBusFault = 0x8200;

    // FFFF FFFF lies in the coprocessor space with op1 11xxxx, which is undefined whether or not there is a coprocessor (ARMv7-M ARM section A5.3.18);
    // only ARMv8.1-M made it NOCP.
    private const uint UndefinedInstruction = 0x0001_0000;

    // PM0075 section 2.3.4: the bus waits while an erase is going on; the core then fetches from erased cells.
    [Fact]
    public void PageErase_OfTheExecutingPage_StallsTheCoreAndEndsInAFault()
    {
        using var program = new CoreProgram(ErasePage1, at: 0x400);
        program.Run(19);
        var during = (program.Read(CoreProgram.Result), program.Read(CoreProgram.FaultStatus));
        program.Run(2);
        Assert.Equal(((0u, 0u), 0u, UndefinedInstruction), (during, program.Read(CoreProgram.Result), program.Read(CoreProgram.FaultStatus)));
    }

    // PM0075 section 2.3.4: of another page, the core goes on when the erase has ended.
    [Fact]
    public void PageErase_OfAnotherPage_StallsTheCoreAndLetsItGoOn()
    {
        using var program = new CoreProgram(ErasePage1, at: 0x100);
        program.Run(19);
        var during = program.Read(CoreProgram.Result);
        program.Run(2);
        Assert.Equal((0u, 1u, 0u), (during, program.Read(CoreProgram.Result), program.Read(CoreProgram.FaultStatus)));
    }

    // PM0075 section 2.3.3: a write to the main memory without PG, or while locked, is a bus error.
    [Fact]
    public void Program_ByTheCoreWhileLocked_IsABusFault()
    {
        using var program = new CoreProgram(ProgramLocked, at: 0x100);
        program.Run(1);
        Assert.Equal((PreciseBusFault, 0xFFFFu), (program.Read(CoreProgram.FaultStatus), program.Flash.HalfWord(0x800)));
    }

    // PM0075 section 2.3.3: anything but a half-word is a bus error; a Cortex-M3 splits an odd half-word into bytes.
    [Fact]
    public void Program_OddHalfWordByTheCore_IsABusFault()
    {
        using var program = new CoreProgram(ProgramOdd, at: 0x100);
        program.Run(1);
        Assert.Equal((PreciseBusFault, 0xFFFFu), (program.Read(CoreProgram.FaultStatus), program.Flash.HalfWord(0x800)));
    }

    // PM0075 section 2.3.3, figure of the programming procedure.
    [Fact]
    public void Program_ByTheCore_WritesEachHalfWord()
    {
        using var program = new CoreProgram(ProgramSixteen, at: 0x100);
        program.Run(2);
        Assert.Equal(FlashBench.EndOfOperation, program.Read(CoreProgram.Result));
        Assert.All(Enumerable.Range(0, 16), index => Assert.Equal((uint)index, program.Flash.HalfWord(0x1000 + (2 * (uint)index))));
    }

    // PM0075 section 2.3.3: what was programmed before the supply failed is there, the half-word under work is not defined, the rest is erased.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    public void PowerCut_WhileHalfWordNIsProgrammed_KeepsTheOnesBefore(int number)
    {
        using var program = new CoreProgram(ProgramSixteen, at: 0x100);
        var started = 0;
        program.Flash.Chip.Chip.Flash.HoldsHalfWord = () => started++ == number;
        program.Run(3);
        program.Flash.Chip.Chip.SetPower(on: false);
        program.Flash.Chip.Chip.SetPower(on: true);
        Assert.All(Enumerable.Range(0, 16), index =>
        {
            var found = program.Flash.HalfWord(0x1000 + (2 * (uint)index));
            if (index != number)
            {
                Assert.Equal(index < number ? (uint)index : 0xFFFFu, found);
            }
        });
    }

    // PM0075 section 2.4.1: without a debugger firmware runs, reads and programs its own flash, but for the first four pages.
    [Fact]
    public void ReadProtection_WithoutADebugger_LetsFirmwareRunAndProgram()
    {
        using var program = new CoreProgram(ProgramSixteen, at: 0x100);
        ProtectReads(program.Flash);
        program.Flash.Chip.Chip.SetPower(on: false);
        program.Flash.Chip.Chip.SetPower(on: true);
        program.Run(2);

        // The half-words are there from before, so that the controller says PGERR but for zero, which may always be programmed.
        Assert.Equal(FlashBench.EndOfOperation | FlashBench.ProgrammingError, program.Read(CoreProgram.Result));
    }

    // PM0075 section 2.4.1: once a debugger has come, the core's own fetches from flash fail too, until the next power-on.
    [Fact]
    public void ReadProtection_WithADebugger_StopsTheFirmwareItself()
    {
        using var program = new CoreProgram(ProgramSixteen, at: 0x100);
        ProtectReads(program.Flash);
        program.Flash.Chip.TryRead(FlashBench.Flash);
        program.Run(1);
        Assert.True(program.Flash.Chip.Chip.Cpu.IsLockedUp);
    }

    // PM0075 section 2.4.1: the area is erased before the protection is gone; nothing of it is readable afterwards.
    [Fact]
    public void Regression_ToLevel0_MassErasesBeforeTheFlashOpens()
    {
        using var program = new CoreProgram(ProgramSixteen, at: 0x100);
        program.Run(2);
        ProtectReads(program.Flash);
        var closed = program.Flash.Chip.TryRead(FlashBench.Flash + 0x100);
        program.Flash.UnlockOptions();
        program.Flash.EraseOptions();
        program.Flash.ProgramOption(0, 0xA5);
        var stillClosed = program.Flash.Chip.TryRead(FlashBench.Flash + 0x100);
        program.Flash.Chip.PulseReset();
        Assert.Equal((BusResponse.Error, BusResponse.Error, 0xFFFFu, 0xFFFFu),
            (closed, stillClosed, program.Flash.HalfWord(0x100), program.Flash.HalfWord(0x1002)));
    }

    // PM0075 section 2.3.5: an erased RDP byte is protection; who loses power between erase and A5 has a protected chip.
    [Fact]
    public void PowerCut_BetweenOptionEraseAndA5_LeavesTheChipReadProtected()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.Chip.Chip.SetPower(on: false);
        flash.Chip.Chip.SetPower(on: true);
        Assert.Equal((2u, BusResponse.Error), (flash.Chip.Read(FlashBench.OptionRegister) & 2, flash.Chip.TryRead(FlashBench.Flash)));
    }

    // PM0075 section 2.5: an option byte whose complement does not fit sets OPTERR and counts as erased.
    [Fact]
    public void OptionByte_BrokenOffWhileProgrammed_ShowsOpterr()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.ProgramOption(0, 0xA5);
        flash.Control = 0x210;
        flash.Chip.Write(FlashBench.OptionBytes + 4, 0x00, 2);
        flash.Chip.PulseReset();
        var options = flash.Chip.Read(FlashBench.OptionRegister);
        Assert.Equal((1u, 0u, 0xFFu), (options & 1, options & 2, (options >> 10) & 0xFF));
    }

    // PM0075 section 2.3.5: an option half-word that is not erased cannot be programmed; the whole block has to be erased first.
    [Fact]
    public void OptionByte_NotErased_IsPgerr()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.ProgramOption(4, 0x12);
        Assert.Equal((FlashBench.ProgrammingError, 0x00FFu), (flash.Status, flash.Chip.Read(FlashBench.OptionBytes + 4, 2)));
    }

    // PM0075 section 2.3.5: the option bytes count from the next reset on.
    [Fact]
    public void OptionByte_Programmed_CountsFromTheNextReset()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.ProgramOption(0, 0xA5);
        flash.ProgramOption(4, 0x12);
        var before = (flash.Chip.Read(FlashBench.OptionRegister) >> 10) & 0xFF;
        flash.Chip.PulseReset();
        Assert.Equal((0xFFu, 0x12u), (before, (flash.Chip.Read(FlashBench.OptionRegister) >> 10) & 0xFF));
    }

    // PM0075 section 2.4.2: a mass erase with any page write-protected is refused whole.
    [Fact]
    public void MassErase_WithAProtectedPage_IsRefused()
    {
        using var flash = new FlashBench();
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.ProgramOption(0, 0xA5);
        flash.ProgramOption(10, 0xFE);
        flash.Chip.PulseReset();
        flash.Unlock();
        flash.Program(0, 0x1234);
        flash.Chip.Write(FlashBench.StatusRegister, 0x34);
        flash.Control = 0x04;
        flash.Control = 0x44;
        flash.Settle();
        Assert.Equal((FlashBench.WriteProtectionError, 0x1234u), (flash.Status, flash.HalfWord(0)));
    }

    // PM0075 section 2.3.3: the same by the debugger.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Program_ByTheDebuggerNotAsAHalfWord_ChangesNothing(int width)
    {
        using var flash = new FlashBench();
        flash.Unlock();
        flash.Control = 1;
        flash.Chip.TryWrite(FlashBench.Flash + 0x400, 0, width);
        flash.Settle();
        Assert.Equal(0xFFFFu, flash.HalfWord(0x400));
    }

    private static void ProtectReads(FlashBench flash)
    {
        flash.UnlockOptions();
        flash.EraseOptions();
        flash.Chip.PulseReset();
    }
}
