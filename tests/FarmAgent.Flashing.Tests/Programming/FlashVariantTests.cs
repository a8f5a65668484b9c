using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Flashing.Tests.Programming;

/// <summary>Flashing by other probes, and into chips of other makers.</summary>
public sealed class FlashVariantTests
{
    private const string Part = "STM32F103C8T6";

    [Theory]
    [InlineData("V2J17S4")]
    [InlineData("V2J24S4")]
    [InlineData("V2J37M27")]
    [InlineData("V3J13M4B5S1")]
    [InlineData("V4J6B2P6")]
    public void Program_ByEachFirmware_BringsTheImageAndItsReceipt(string firmware)
    {
        using var bench = new FlashBench(d => d with { Probe = d.Probe with { Firmware = firmware } });
        var image = FlashBench.Noise(5000);
        var receipt = bench.Flash(image);
        Assert.Equal(image.Sha256, receipt.ImageSha256);
        Assert.Equal(image.Segments[0].Data.ToArray(), bench.ReadFlash(image));
    }

    [Fact]
    public void Program_NrstOpen_BringsTheImage()
    {
        using var bench = new FlashBench(d => d with { Probe = d.Probe with { NrstWired = false } });
        var image = FlashBench.Noise(5000);
        bench.Flash(image);
        Assert.Equal(image.Segments[0].Data.ToArray(), bench.ReadFlash(image));
    }

    [Theory]
    [InlineData(BenchChipVariant.Cs32F103, "0x2BA01477, not ST's", "flash size register reads 0x0000")]
    [InlineData(BenchChipVariant.Cks32F103, "0x2BA01477, not ST's", "flash size register reads 0xFFFF")]
    [InlineData(BenchChipVariant.Gd32F103, "revision 0x1303 is GigaDevice's", null)]
    public void Program_ChipOfAnotherMaker_WorksWithPlainWarnings(BenchChipVariant variant, string maker, string? size)
    {
        using var bench = new FlashBench(d => d with { Target = d.Target with { Variant = variant } });
        var image = FlashBench.Firmware("expander.elf");
        var receipt = bench.Flash(image);
        Assert.Equal(size is null ? 1 : 2, receipt.Warnings.Count);
        Assert.Contains(maker, receipt.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(size ?? maker, receipt.Warnings[^1], StringComparison.Ordinal);
        Assert.Equal(image.Segments[0].Data.ToArray(), bench.ReadFlash(image));
    }

    [Fact]
    public void Program_GenuineChip_HasNoWarning()
    {
        using var bench = new FlashBench();
        Assert.Empty(bench.Flash(FlashBench.Firmware("expander.elf")).Warnings);
    }

    [Fact]
    public void Identify_LargerChip_HasItsSize()
    {
        using var bench = new FlashBench(d => d with { Target = d.Target with { Chip = "STM32F103CB" } });
        using var session = bench.Open();
        Assert.Equal(128 * 1024, TargetRegistry.BuiltIn.Identify(session, "STM32F103CB").Geometry.Bytes);
    }

    [Fact]
    public void Program_AboveTheNominalSize_WorksWhereTheSizeIsGivenAndTheCellsAreThere()
    {
        using var bench = new FlashBench(d => d with { Target = d.Target with { FlashKiB = 128 } });
        var image = FlashBench.Noise(3000, address: FlashBench.FlashBase + 0x1_8000);
        using (var session = bench.Open())
        {
            var target = TargetRegistry.BuiltIn.Identify(session, Part, flashKiB: 128);
            new FlashProgrammer(session, target, bench.Backend.Waiter)
                .Program(image, new FlashOptions(), bench.Journal, new Progress<FlashProgress>(), () => { }, CancellationToken.None);
        }

        Assert.Equal(image.Segments[0].Data.ToArray(), bench.ReadFlash(image));
    }
}
