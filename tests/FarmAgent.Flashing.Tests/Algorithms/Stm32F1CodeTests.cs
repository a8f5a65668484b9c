using System.Diagnostics;
using FarmAgent.Flashing.Algorithms;
using FarmAgent.TestKit;

namespace FarmAgent.Flashing.Tests.Algorithms;

public sealed class Stm32F1CodeTests
{
    [Fact]
    public void Program_Source_AssemblesToTheSameBytes() =>
        Assert.Equal(Convert.ToHexString(Assemble("stm32f1-program.S")), Convert.ToHexString(Stm32F1Code.Program));

    [Fact]
    public void Crc_Source_AssemblesToTheSameBytes() =>
        Assert.Equal(Convert.ToHexString(Assemble("stm32f1-crc.S")), Convert.ToHexString(Stm32F1Code.Crc));

    [Fact]
    public void Program_Breakpoints_AreWhereTheHostExpectsThem()
    {
        Assert.Equal([0x00, 0xBE], Stm32F1Code.Program.AsSpan(Stm32F1Code.ProgramStop, 2).ToArray());
        Assert.Equal([0x01, 0xBE], Stm32F1Code.Program.AsSpan(Stm32F1Code.ProgramFailed, 2).ToArray());
        Assert.Equal([0x02, 0xBE], Stm32F1Code.Program.AsSpan(Stm32F1Code.ProgramLocked, 2).ToArray());
    }

    [Fact]
    public void Crc_Breakpoint_IsWhereTheHostExpectsIt() =>
        Assert.Equal([0x00, 0xBE], Stm32F1Code.Crc.AsSpan(Stm32F1Code.CrcDone, 2).ToArray());

    private static byte[] Assemble(string source)
    {
        var assembler = RequiredTool.Find("arm-none-eabi-as", "binutils-arm-none-eabi");
        var objcopy = RequiredTool.Find("arm-none-eabi-objcopy", "binutils-arm-none-eabi");
        var folder = Directory.CreateTempSubdirectory("farm-assemble-");
        try
        {
            var output = Path.Combine(folder.FullName, "code");
            Run(assembler, "-mthumb", "-o", output + ".o", RepositoryFiles.At("src/FarmAgent.Flashing/Algorithms/" + source));
            Run(objcopy, "-O", "binary", output + ".o", output + ".bin");
            return File.ReadAllBytes(output + ".bin");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }
}
