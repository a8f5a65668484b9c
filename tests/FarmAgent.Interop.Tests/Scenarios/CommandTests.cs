using System.Text.Json;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>The verbs of farmctl, one after the other, as the README's tour types them.</summary>
public sealed class CommandTests : BoardScenario
{
    [Fact]
    public async Task AgentInfo_SaysWhoOneIs()
    {
        var info = await DoAsync("agent", "info");
        Assert.Contains("admin", info.Output, StringComparison.Ordinal);
        Assert.Contains("runner isolation  none", info.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boards_ShowsTheVirtualBoard()
    {
        var boards = await DoAsync("boards");
        Assert.Matches(@"b1\s+free\s+STM32F103C8\s+ST-LINK/V2 \S+\s+virtual", boards.Output);
    }

    [Fact]
    public async Task Boards_InJson_IsOneDocument()
    {
        var boards = await DoAsync("boards", "-o", "json");
        using var document = JsonDocument.Parse(boards.Output);
        Assert.Equal("boards/b1", document.RootElement.GetProperty("boards")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Lease_AcquireRenewRelease_IsListedMeanwhile()
    {
        var lease = (await DoAsync("lease", "acquire", "--purpose", "tour")).Output.Trim();
        Assert.Contains(lease, (await DoAsync("lease", "list")).Output, StringComparison.Ordinal);
        await DoAsync("lease", "renew", lease);
        await DoAsync("--lease", lease, "gpio", "get", "PG11");
        await DoAsync("lease", "release", lease);
        Assert.DoesNotContain(lease, (await DoAsync("lease", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lease_ReleasedOne_IsRefusedWithExit4()
    {
        var lease = (await DoAsync("lease", "acquire")).Output.Trim();
        await DoAsync("lease", "release", lease);
        var late = await Agent.FarmctlAsync("--lease", lease, "gpio", "get", "PG11");
        Assert.Equal(4, late.ExitCode);
    }

    [Fact]
    public async Task Flash_Twice_ErasesNothingTheSecondTime()
    {
        await DoAsync("flash", Expander);
        var again = await DoAsync("flash", "-o", "json", Expander);
        using var document = JsonDocument.Parse(again.Output);
        Assert.Equal(0, document.RootElement.GetProperty("plan").GetProperty("eraseSectors").GetInt32());
    }

    [Fact]
    public async Task Flash_DryRun_WritesNothing()
    {
        await DoAsync("flash", "--dry-run", Expander);
        var word = await DoAsync("mem", "read", "0x08000000", "4");
        Assert.Contains("FF FF FF FF", word.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MemRead_AfterFlash_ShowsTheImage()
    {
        await DoAsync("flash", Expander);
        var file = Path.Combine(Results, "flash.bin");
        await DoAsync("mem", "read", "0x08000000", "256", "--file", file);
        var image = await File.ReadAllBytesAsync(Path.ChangeExtension(Expander, ".bin"), TestContext.Current.CancellationToken);
        Assert.Equal(image[..256], await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ChipInfo_IdentifiesTheChip()
    {
        var chip = await DoAsync("chip", "info");
        Assert.Contains("id 0x410", chip.Output, StringComparison.Ordinal);
        Assert.Contains("flash  64 KiB", chip.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expander_ProbeConfigSetGet_ReachesTheHostLine()
    {
        await DoAsync("flash", Expander);
        Assert.Contains("0xBE 0xEF at 0x08", (await DoAsync("expander", "probe")).Output, StringComparison.Ordinal);
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "expander", "config", "0", "PA0");
        await DoAsync("--lease", lease.Name, "expander", "set", "0", "1");
        Assert.Equal("1", (await DoAsync("--lease", lease.Name, "gpio", "get", "203")).Output.Trim());
        Assert.Contains("PA0", (await DoAsync("--lease", lease.Name, "expander", "get", "0")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I2c_ScanReadTransfer_SeeTheExpander()
    {
        await DoAsync("flash", Expander);
        Assert.Contains("08 expander", (await DoAsync("i2c", "scan")).Output, StringComparison.Ordinal);
        Assert.Equal("0xBE 0xEF", (await DoAsync("i2c", "read", "0x08", "2", "--register", "0")).Output.Trim());
        Assert.Equal("0xEF", (await DoAsync("i2c", "transfer", "0x08", "--write", "1", "--read", "1")).Output.Trim());
    }

    [Fact]
    public async Task I2c_BlankChip_NamesTheBench()
    {
        var read = await Agent.FarmctlAsync("i2c", "read", "0x08", "2");
        Assert.Equal(3, read.ExitCode);
        Assert.Contains("BOARD_NOT_FLASHED", read.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serial_AfterFlash_ShowsTheBanner()
    {
        await DoAsync("flash", Expander);
        await DoAsync("bench", "advance", "100ms");
        Assert.Contains("expander", (await DoAsync("serial", "tail")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_ListShowLogsArtifacts_TellOfTheRun()
    {
        await RunSuiteAsync(SampleSuite, "--flash", Expander);
        using var runs = JsonDocument.Parse((await DoAsync("runs", "list", "-o", "json")).Output);
        var name = runs.RootElement.GetProperty("runs")[0].GetProperty("name").GetString()!;
        Assert.StartsWith("PASS", (await DoAsync("runs", "show", name)).Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains("| PASS |", (await DoAsync("runs", "logs", name)).Output, StringComparison.Ordinal);
        Assert.Contains("output.xml", (await DoAsync("runs", "artifacts", name, "--output", Path.Combine(Results, "again"))).Output, StringComparison.Ordinal);
    }
}
