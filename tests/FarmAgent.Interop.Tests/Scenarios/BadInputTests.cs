using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>Bad input gets an error that names file, line or address and what to do; board and agent stay as they were.</summary>
public sealed class BadInputTests : BoardScenario
{
    [Fact]
    public async Task Flash_ElfOf64Bits_IsRefused()
    {
        var elf = await File.ReadAllBytesAsync(Expander, TestContext.Current.CancellationToken);
        elf[4] = 2;
        await RefusedAsync(Write("wide.elf", elf), "IMAGE_", "wide.elf");
    }

    [Fact]
    public async Task Flash_ElfOfAnotherMachine_IsRefused()
    {
        var elf = await File.ReadAllBytesAsync(Expander, TestContext.Current.CancellationToken);
        elf[18] = 0x3E;
        await RefusedAsync(Write("amd64.elf", elf), "IMAGE_", "amd64.elf");
    }

    [Fact]
    public async Task Flash_CorruptHexChecksum_NamesTheLine()
    {
        var lines = await File.ReadAllLinesAsync(Path.ChangeExtension(Expander, ".hex"), TestContext.Current.CancellationToken);
        lines[2] = lines[2][..^2] + (lines[2].EndsWith("00", StringComparison.Ordinal) ? "01" : "00");
        await RefusedAsync(Write("bad.hex", string.Join('\n', lines)), "IMAGE_", "3");
    }

    [Fact]
    public async Task Flash_OverlappingSegments_NamesTheAddress() =>
        await RefusedAsync(Write("overlap.hex", ":020000040800F2\n:0400000001020304F2\n:0400020005060708E0\n:00000001FF\n"), "IMAGE_OVERLAP", "0x0800000");

    [Fact]
    public async Task Flash_LargerThanTheFlash_NamesBothSizes() =>
        await RefusedAsync(Write("big.bin", BigImage()), "IMAGE_OUTSIDE_FLASH", "64 KiB");

    [Fact]
    public async Task Flash_EmptyFile_IsRefused() => await RefusedAsync(Write("empty.bin", []), "IMAGE_EMPTY", "empty.bin");

    [Fact]
    public async Task Flash_NoSuchFile_IsRefusedBeforeAnyLease()
    {
        var flash = await Agent.FarmctlAsync("flash", "/nonexistent/app.elf");

        Assert.Equal(2, flash.ExitCode);
        Assert.Contains("app.elf", flash.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flash_BoardWithAnotherChip_NamesBothAndLeavesTheChipAlone()
    {
        var board = await File.ReadAllTextAsync(RepositoryFiles.At("samples/boards/virtual.yaml"), TestContext.Current.CancellationToken);
        Write("boards/b1.yaml", board.Replace("twin1", "b1", StringComparison.Ordinal).Replace("STM32F103C8", "STM32F103RB", StringComparison.Ordinal));
        await using var agent = await AgentProcess.StartAsync(
            ProgramPair.Developer, folder: null, "--config", Write("agent.yaml", ""), "--boards", Path.Combine(Results, "boards"));

        var flash = await agent.FarmctlAsync("flash", Expander);
        var memory = await agent.FarmctlAsync("mem", "read", "0x08000000", "4");

        // The image is in order; what is wired up is not what the board's file says, and that is the bench.
        Assert.True(flash.ExitCode == 3, flash.ToString());
        Assert.Contains("CHIP_MISMATCH", flash.Errors, StringComparison.Ordinal);
        Assert.Contains("STM32F103RB", flash.Errors, StringComparison.Ordinal);
        Assert.Contains("found 64 KiB", flash.Errors, StringComparison.Ordinal);
        Assert.Contains("FF FF FF FF", memory.Output.ToUpperInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_UnknownKeys_NamesFileLineAndKeyOfEach()
    {
        var config = Write("agent.yaml", "allow_virtual: true\nsokcet: /tmp/a.sock\n");
        var board = Write("boards/b1.yaml", "boards:\n  - name: b1\n    backend: virtual\n    prob: 0483:3748\n");
        var programs = ProgramPair.Developer;

        var check = await CommandResult.RunAsync(
            programs.Agent, [.. programs.AgentPrefix, "--check-config", "--config", config, "--boards", Path.GetDirectoryName(board)!]);

        Assert.Equal(78, check.ExitCode);
        Assert.Contains($"{config}:2:1: unknown key 'sokcet'", check.Errors + check.Output, StringComparison.Ordinal);
        Assert.Contains($"{board}:4:5: boards[0].prob: is not a known key. Did you mean 'probe'?", check.Errors + check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BlockWithoutEnd_FailsTheTestAndNamesTheBlock()
    {
        await DoAsync("flash", Expander);
        var suite = WriteSuite("*** Test Cases ***\nBroken\n    FOR    ${x}    IN    1    2\n    Log    no end\n");

        var run = await RunSuiteAsync(suite);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FOR loop must have closing END.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SuiteWithAnUnknownSetting_NamesFileAndLine()
    {
        await DoAsync("flash", Expander);
        var suite = WriteSuite("*** Settings ***\nNope    value\n*** Test Cases ***\nFails\n    Fail    on purpose\n");

        var run = await RunSuiteAsync(suite);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("own.robot' on line 2: Non-existing setting 'Nope'.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SuiteWithoutTests_ExitsWith2()
    {
        await DoAsync("flash", Expander);
        var suite = WriteSuite("*** Keywords ***\nNothing\n    No Operation\n");

        var run = await RunSuiteAsync(suite);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("contains no tests", run.Output + run.Errors, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string image, string reason, string named)
    {
        var flash = await Agent.FarmctlAsync("flash", image);

        Assert.True(flash.ExitCode == 2, flash.ToString());
        Assert.Contains(reason, flash.Errors, StringComparison.Ordinal);
        Assert.Contains(named, flash.Errors, StringComparison.Ordinal);

        // Nothing is lost: the same agent flashes the right image at once.
        await DoAsync("flash", Expander);
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(Results, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(Results, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private static byte[] BigImage()
    {
        var image = new byte[80 * 1024];

        // A believable vector table, so that only the size is wrong.
        image[2] = 0x50;
        image[3] = 0x20;
        image[4] = 0x01;
        image[5] = 0x01;
        image[7] = 0x08;
        return image;
    }
}
