using CsCheck;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Tests.Images;

namespace FarmAgent.Flashing.Tests.Planning;

public sealed class FlashPlannerTests
{
    private const uint Base = 0x0800_0000;
    private static readonly FlashGeometry Geometry = new(Base, 8 * 1024, 1024);

    [Fact]
    public void Plan_UnknownContent_ErasesAndProgramsTouchedSectors()
    {
        var plan = FlashPlanner.Plan(Image(Base + 1000, 100), Geometry, Nothing, UncoveredBytes.Erase, force: false);
        Assert.Equal([(0, SectorAction.EraseAndProgram), (1, SectorAction.EraseAndProgram)], plan.Sectors.Select(s => (s.Sector.Index, s.Action)));
    }

    [Fact]
    public void Plan_BlankChip_ProgramsWithoutErasing()
    {
        var plan = Plan(Image(Base, 1024), Blank(), UncoveredBytes.Preserve);
        Assert.Equal(SectorAction.Program, Assert.Single(plan.Sectors).Action);
    }

    [Fact]
    public void Plan_IdenticalContent_KeepsIt()
    {
        var image = Image(Base, 2048);
        var memory = Blank();
        image.CopyTo(Base, memory);
        Assert.Equal(2, Plan(image, memory, UncoveredBytes.Preserve).KeepCount);
    }

    [Fact]
    public void Plan_IdenticalContentByForce_IsProgrammed()
    {
        var image = Image(Base, 2048);
        var memory = Blank();
        image.CopyTo(Base, memory);
        Assert.Equal(2, FlashPlanner.Plan(image, Geometry, Snapshots(memory), UncoveredBytes.Preserve, force: true).EraseCount);
    }

    [Fact]
    public void Plan_ImageOfErasedBytes_OnlyErases()
    {
        var file = new byte[1024];
        file.AsSpan().Fill(0xFF);
        var plan = Plan(FirmwareImage.Load(file, "blank.bin"), new byte[8192], UncoveredBytes.Preserve);
        Assert.Equal(SectorAction.Erase, Assert.Single(plan.Sectors).Action);
    }

    [Fact]
    public void Plan_BytesBesideTheImage_AreRequiredToPreserveThem()
    {
        var image = Image(Base, 100);
        Assert.Throws<ArgumentException>(() => FlashPlanner.Plan(image, Geometry, Nothing, UncoveredBytes.Preserve, force: false));
    }

    [Theory]
    [InlineData(Base - 2, 10)]
    [InlineData(Base + 8000, 193)]
    [InlineData(0x2000_0000u, 4)]
    public void TouchedSectors_ImageOutside_IsRefusedWithTheAddress(uint address, int length)
    {
        var error = Assert.Throws<ImageException>(() => FlashPlanner.TouchedSectors(Image(address, length), Geometry));
        Assert.Equal("IMAGE_OUTSIDE_FLASH", error.Reason);
        Assert.Contains($"0x{address:X8}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PartialSectors_ImageWithRest_AreItsEnds() =>
        Assert.Equal([0, 3], FlashPlanner.PartialSectors(Image(Base + 512, 3072), Geometry).Select(s => s.Index));

    [Fact]
    public void Plan_Executed_BringsTheImageAndKeepsEverythingElse() => Cases.Sample((image, memory) =>
    {
        var result = Execute(Plan(image, memory, UncoveredBytes.Preserve), memory);
        var wanted = memory.ToArray();
        image.CopyTo(Base, wanted);
        return result.AsSpan().SequenceEqual(wanted);
    }, iter: 500);

    [Fact]
    public void Plan_ExecutedWithErasing_BringsTheImageAndErasesTheRestOfItsSectors() => Cases.Sample((image, memory) =>
    {
        var result = Execute(Plan(image, memory, UncoveredBytes.Erase), memory);
        var wanted = memory.ToArray();
        foreach (var sector in FlashPlanner.TouchedSectors(image, Geometry))
        {
            wanted.AsSpan((int)(sector.Range.Start - Base), 1024).Fill(0xFF);
        }

        image.CopyTo(Base, wanted);
        return result.AsSpan().SequenceEqual(wanted);
    }, iter: 500);

    [Fact]
    public void Plan_ExecutedTwice_ChangesNothingTheSecondTime() => Cases.Sample(
        (image, memory) => Plan(image, Execute(Plan(image, memory, UncoveredBytes.Preserve), memory), UncoveredBytes.Preserve).Changes.Count == 0,
        iter: 200);

    private static readonly Dictionary<int, SectorSnapshot> Nothing = [];

    /// <summary>Images of one to three pieces over memories that are partly blank.</summary>
    private static Gen<(FirmwareImage Image, byte[] Memory)> Cases { get; } = Gen.Select(
        Gen.Select(Gen.Int[0, 60], Gen.Byte.Array[1, 1500]).Array[1, 3],
        Gen.Byte.Array[8192],
        Gen.Int[0, 255],
        (pieces, memory, blank) =>
        {
            for (var i = 0; i < 8; i++)
            {
                if ((blank & (1 << i)) != 0)
                {
                    memory.AsSpan(i * 1024, 1024).Fill(0xFF);
                }
            }

            return (Pieces(pieces), memory);
        });

    private static FirmwareImage Pieces((int Start, byte[] Data)[] pieces)
    {
        var at = Base;
        var segments = new List<(uint, uint, byte[])>();
        foreach (var (gap, data) in pieces)
        {
            at += (uint)gap;
            segments.Add((at, 0, data));
            at += (uint)data.Length + 1;
        }

        return FirmwareImage.Load(ElfImages.Make([.. segments]), "app.elf");
    }

    /// <summary>What a controller does with a plan: erase sets ones, programming only clears them.</summary>
    private static byte[] Execute(FlashPlan plan, byte[] memory)
    {
        var result = memory.ToArray();
        foreach (var sector in plan.Changes)
        {
            var cells = result.AsSpan((int)(sector.Sector.Range.Start - Base), 1024);
            if (sector.Action is SectorAction.Erase or SectorAction.EraseAndProgram)
            {
                cells.Fill(0xFF);
            }

            for (var i = 0; i < cells.Length && sector.Action != SectorAction.Erase; i++)
            {
                cells[i] &= sector.Content.Span[i];
            }
        }

        return result;
    }

    private static FlashPlan Plan(FirmwareImage image, byte[] memory, UncoveredBytes uncovered) =>
        FlashPlanner.Plan(image, Geometry, Snapshots(memory), uncovered, force: false);

    private static Dictionary<int, SectorSnapshot> Snapshots(byte[] memory) => Enumerable.Range(0, Geometry.SectorCount).ToDictionary(
        i => i,
        i => new SectorSnapshot(FlashCrc.Compute(memory.AsSpan(i * 1024, 1024)), memory.AsMemory(i * 1024, 1024)));

    private static FirmwareImage Image(uint address, int length) =>
        FirmwareImage.Load(Enumerable.Range(1, length).Select(i => (byte)(i * 7)).ToArray(), "app.bin", new ImageOptions { BaseAddress = address });

    private static byte[] Blank()
    {
        var memory = new byte[8192];
        memory.AsSpan().Fill(0xFF);
        return memory;
    }
}
