using System.Globalization;
using System.Text.RegularExpressions;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>Debian's OpenOCD against the virtual bench, unmodified, by both of its ways to drive an ST-LINK.</summary>
public sealed partial class OpenOcdTests
{
    private const string FlashStart = "0x08000000";

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Attach_SeedBench_ExaminesTheCore(string transport)
    {
        using var bench = await StrangersBench.StartAsync();

        var log = await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "flash probe 0");

        Assert.Contains("STLINK V2J37S7 (API v2) VID:PID 0483:3748", log, StringComparison.Ordinal);
        Assert.Contains("Cortex-M3 r1p1 processor detected", log, StringComparison.Ordinal);
        Assert.Contains("target has 6 breakpoints, 4 watchpoints", log, StringComparison.Ordinal);
        Assert.Contains("device id = 0x20036410", log, StringComparison.Ordinal);
        Assert.Contains("flash size = 64 KiB", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Program_VerifyAndReset_LeavesTheImageRunning(string transport)
    {
        using var bench = await StrangersBench.StartAsync();

        var log = await OpenOcd.ExpectSuccessAsync(bench, transport, $"program {StrangersBench.Expander} {FlashStart} verify reset exit");

        Assert.Contains("** Verified OK **", log, StringComparison.Ordinal);
        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task DumpImage_AfterProgram_GivesTheImageAndErasedFlash(string transport)
    {
        using var bench = await StrangersBench.StartAsync();
        var image = await File.ReadAllBytesAsync(StrangersBench.Expander, TestContext.Current.CancellationToken);

        await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", $"flash write_image erase {StrangersBench.Expander} {FlashStart}", $"dump_image dump.bin {FlashStart} 0x10000");

        var dump = await File.ReadAllBytesAsync(bench.FileAt("dump.bin"), TestContext.Current.CancellationToken);
        Assert.Equal([.. image, .. Enumerable.Repeat((byte)0xFF, 0x10000 - image.Length)], dump);
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task VerifyImage_OfAnotherFile_ExitsWithOne(string transport)
    {
        using var bench = await StrangersBench.StartAsync();
        await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", $"flash write_image erase {StrangersBench.Expander} {FlashStart}", $"verify_image {StrangersBench.Expander} {FlashStart}");

        var result = await OpenOcd.RunAsync(bench, transport, "init", "reset halt", $"verify_image {StrangersBench.Blinky} {FlashStart}");

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("diff 0 address 0x0800", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task MassErase_AfterProgram_LeavesNothing(string transport)
    {
        using var bench = await StrangersBench.StartAsync();

        await OpenOcd.ExpectSuccessAsync(bench, transport,
            "init", "reset halt", $"flash write_image erase {StrangersBench.Expander} {FlashStart}", "stm32f1x mass_erase 0", $"dump_image dump.bin {FlashStart} 0x10000");

        var dump = await File.ReadAllBytesAsync(bench.FileAt("dump.bin"), TestContext.Current.CancellationToken);
        Assert.Equal(0x10000, dump.Length);
        Assert.All(dump, b => Assert.Equal(0xFF, b));
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Program_ConnectUnderReset_LeavesTheImageRunning(string transport)
    {
        using var bench = await StrangersBench.StartAsync();

        await OpenOcd.ExpectSuccessAsync(bench, transport, "reset_config srst_only srst_nogate connect_assert_srst", $"program {StrangersBench.Expander} {FlashStart} verify reset exit");

        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task ResetHalt_OnAnImage_StopsAtItsFirstInstruction(string transport)
    {
        using var bench = await StrangersBench.StartAsync();
        await OpenOcd.ExpectSuccessAsync(bench, transport, $"program {StrangersBench.Expander} {FlashStart} exit");
        var image = await File.ReadAllBytesAsync(StrangersBench.Expander, TestContext.Current.CancellationToken);

        var log = await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", "reg pc", "reg sp");

        // ARMv7-M ARM section B1.5.5: the stack pointer and the first instruction come from the vector table, without the Thumb bit.
        Assert.Equal(Word(image, 4) & ~1u, Register(log, "pc"));
        Assert.Equal(Word(image, 0), Register(log, "sp"));
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Step_OfAMove_ExecutesOneInstruction(string transport)
    {
        using var bench = await StrangersBench.StartAsync();

        // movs r0, #0x2A; movs r1, #0x55; b . in RAM
        var log = await OpenOcd.ExpectSuccessAsync(bench, transport,
            "init", "reset halt", "mwh 0x20000000 0x202A", "mwh 0x20000002 0x2155", "mwh 0x20000004 0xE7FE", "reg xPSR 0x01000000", "step 0x20000000", "reg pc", "reg r0", "step", "reg r1");

        Assert.Equal(0x2000_0002u, Register(log, "pc"));
        Assert.Equal(0x2Au, Register(log, "r0"));
        Assert.Equal(0x55u, Register(log, "r1"));
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Breakpoint_InFlash_StopsTheFirmwareThere(string transport)
    {
        using var bench = await StrangersBench.StartAsync();
        await OpenOcd.ExpectSuccessAsync(bench, transport, $"program {StrangersBench.Expander} {FlashStart} exit");
        var image = await File.ReadAllBytesAsync(StrangersBench.Expander, TestContext.Current.CancellationToken);
        var tick = Word(image, 15 * 4) & ~1u;

        var log = await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", $"bp 0x{tick:X8} 2 hw", "resume", "wait_halt 5000", "reg pc", "reg xPSR");

        Assert.Equal(tick, Register(log, "pc"));
        Assert.Equal(15u, Register(log, "xPSR") & 0x1FF);
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Watchpoint_OnAVariable_StopsTheWriter(string transport)
    {
        using var bench = await StrangersBench.StartAsync();

        // str r0, [r1]; nop; nop; b . in RAM
        var log = await OpenOcd.ExpectSuccessAsync(bench, transport,
            "init", "reset halt", "mwh 0x20000000 0x6008", "mwh 0x20000002 0xBF00", "mwh 0x20000004 0xBF00", "mwh 0x20000006 0xE7FE",
            "reg xPSR 0x01000000", "reg r0 0x12345678", "reg r1 0x20000100", "wp 0x20000100 4 w", "resume 0x20000000", "wait_halt 5000", "reg pc", "mdw 0x20000100");

        // ARMv7-M ARM section C1.8.1: a data watchpoint is asynchronous; the core stops behind the store, within the next instructions.
        Assert.InRange(Register(log, "pc"), 0x2000_0002u, 0x2000_0006u);
        Assert.Contains("0x20000100: 12345678", log, StringComparison.Ordinal);
    }

    private static uint Word(byte[] image, int offset) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(offset));

    /// <summary>The value of the last listing of a register.</summary>
    private static uint Register(string log, string name)
    {
        var value = RegisterLine().Matches(log).LastOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        Assert.True(value is not null, $"No register {name} in:\n{log}");
        return uint.Parse(value.Groups["value"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?<name>\w+) \(/32\): 0x(?<value>[0-9a-f]{8})", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RegisterLine();
}
