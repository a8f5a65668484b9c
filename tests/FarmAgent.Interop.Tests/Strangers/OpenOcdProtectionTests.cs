namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>Option bytes written by Debian's OpenOCD: what they protect, and how the protection goes away again (PM0075 section 2.4).</summary>
public sealed class OpenOcdProtectionTests
{
    private const string FlashStart = "0x08000000";

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task WriteProtection_AfterAReset_RefusesErasingUntilItIsTakenAway(string transport)
    {
        using var bench = await StrangersBench.StartAsync();
        string[] replace = ["init", "reset halt", $"flash write_image erase {StrangersBench.Blinky} {FlashStart}", $"verify_image {StrangersBench.Blinky} {FlashStart}"];
        await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", $"flash write_image erase {StrangersBench.Expander} {FlashStart}", "flash protect 0 0 3 on", "reset run");
        Assert.Equal([0xBE, 0xEF], bench.Magic());

        var refused = await OpenOcd.RunAsync(bench, transport, replace);

        Assert.True(refused.ExitCode == 1, refused.ToString());
        Assert.Contains("stm32x device protected", refused.Errors, StringComparison.Ordinal);
        await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", $"verify_image {StrangersBench.Expander} {FlashStart}", "flash protect 0 0 15 off", "reset halt");
        await OpenOcd.ExpectSuccessAsync(bench, transport, replace);
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task ReadProtection_AfterAReset_HidesTheFlashAndIsLeftWithAnErasedOne(string transport)
    {
        using var bench = await StrangersBench.StartAsync();
        await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", $"flash write_image erase {StrangersBench.Expander} {FlashStart}", "stm32f1x lock 0", "reset halt");

        var read = await OpenOcd.RunAsync(bench, transport, "init", "reset halt", $"mdw {FlashStart}");
        var unlock = await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", "stm32f1x unlock 0", "reset halt", "stm32f1x options_read 0", $"dump_image dump.bin {FlashStart} 0x10000");

        Assert.True(read.ExitCode == 1, read.ToString());
        Assert.Contains("read protection: off", unlock, StringComparison.Ordinal);
        Assert.All(await File.ReadAllBytesAsync(bench.FileAt("dump.bin"), TestContext.Current.CancellationToken), b => Assert.Equal(0xFF, b));
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Programming_UnderReadProtection_IsRefusedByTheChip(string transport)
    {
        using var bench = await StrangersBench.StartAsync();
        await OpenOcd.ExpectSuccessAsync(bench, transport, "init", "reset halt", "stm32f1x lock 0", "reset halt");

        var result = await OpenOcd.RunAsync(bench, transport, "init", "reset halt", $"flash write_image {StrangersBench.Blinky} 0x08008000");

        // The loader runs in RAM and comes back with the controller's error.
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.True(result.Errors.Contains("flash write algorithm aborted by target\nError: stm32x device protected", StringComparison.Ordinal), result.ToString());
    }
}
