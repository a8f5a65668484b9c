using System.Buffers.Binary;
using FarmAgent.Flashing.Images;

namespace FarmAgent.Flashing.Tests.Images;

public sealed class VectorTableTests
{
    private static readonly AddressRange Ram = new(0x2000_0000, 20 * 1024);

    [Fact]
    public void FindProblem_StackInRamAndResetInside_IsNone() => Assert.Null(Check(0x2000_5000, 0x0800_0011));

    [Theory]
    [InlineData(0xFFFF_FFFFu, 0x0800_0011u, "stack pointer 0xFFFFFFFF")]
    [InlineData(0x2000_5004u, 0x0800_0011u, "stack pointer 0x20005004")]
    [InlineData(0x2000_5000u, 0x0800_0010u, "no Thumb bit")]
    [InlineData(0x2000_5000u, 0x0800_0101u, "outside the image")]
    public void FindProblem_ImplausibleTable_SaysWhy(uint stack, uint reset, string expected)
    {
        var problem = Check(stack, reset);
        Assert.StartsWith("IMAGE_VECTORS_IMPLAUSIBLE", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void FindProblem_ImageElsewhere_HasNoTableToCheck()
    {
        var image = FirmwareImage.Load(new byte[64], "app.bin", new ImageOptions { BaseAddress = 0x0800_4000 });
        Assert.Null(VectorTable.FindProblem(image, 0x0800_0000, Ram));
    }

    private static string? Check(uint stack, uint reset)
    {
        var file = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(file, stack);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), reset);
        return VectorTable.FindProblem(FirmwareImage.Load(file, "app.bin"), 0x0800_0000, Ram);
    }
}
