using FarmAgent.Simulation.Proof.Comparing;
using FarmAgent.Simulation.Proof.Compiled;
using FarmAgent.Simulation.Proof.Encodings;
using FarmAgent.Simulation.Proof.Machines;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Simulation.Tests.Cpu;

/// <summary>
/// A slice of the differential proof: the interpreter beside QEMU's Cortex-M3. <c>./build.sh fuzz cpu</c> is the whole of it;
/// FarmAgent.Simulation.Proof/CpuDifferences.md explains what may differ.
/// </summary>
public sealed class DifferentialProofTests
{
    private const int Seed = 20_260;
    private const string Folder = "tests/FarmAgent.Simulation.Proof";

    [Fact]
    public void EveryEncoding_InEveryPosition_LeavesWhatTheOtherMachineLeaves()
    {
        using var machine = Other();
        var comparison = new Comparison(machine);

        var counts = DirectedProof.Run(comparison, new Random(Seed), flagStates: 2, operandSets: 1);

        Assert.Empty(comparison.Report);
        Assert.Empty(counts.Where(entry => entry.Value == 0).Select(entry => entry.Key.ToString()));
    }

    [Fact]
    public void SpaceBetweenTheEncodings_IsUndefined()
    {
        using var machine = Other();
        var comparison = new Comparison(machine);

        UndefinedProof.Run(comparison, new Random(Seed), everyNarrow: 7, words: 1000);

        Assert.Empty(comparison.Report);
    }

    [Fact]
    public void RandomSequences_LeaveWhatTheOtherMachineLeaves()
    {
        using var machine = Other();
        var comparison = new Comparison(machine);

        RandomProof.Run(comparison, new Random(Seed), instructions: 40_000);

        Assert.Empty(comparison.Report);
    }

    [Fact]
    public void CompiledPrograms_ComputeWhatTheOtherMachineComputes()
    {
        using var machine = Other();
        var ours = new ProgramRun(CompiledPrograms.Image(rounds: 1));
        ours.ToEnd();

        Assert.Equal(machine.Run(CompiledPrograms.Image(rounds: 1)).Trim(), ours.Output.Trim());
        Assert.Equal(CompiledPrograms.Count, ours.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Exceptions_FollowEachOtherAsOnTheOtherMachine()
    {
        using var machine = Other();
        var ours = new ProgramRun(CompiledPrograms.Exceptions());
        ours.ToEnd();

        Assert.Equal(machine.Run(CompiledPrograms.Exceptions()).Trim(), ours.Output.Trim());
    }

    [Fact]
    public void Explanations_EachHasItsParagraph()
    {
        var text = File.ReadAllLines(RepositoryFiles.At($"{Folder}/CpuDifferences.md"));

        Assert.Equal(Explanations.Names.Order(StringComparer.Ordinal), text.Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Encodings_NoTwoShareAnInstruction()
    {
        var random = new Random(Seed);
        var shared = new List<string>();
        for (var drawn = 0; drawn < 20_000; drawn++)
        {
            var code = (uint)random.NextInt64(0xE800_0000, 0x1_0000_0000);
            var found = EncodingTable.All.Where(e => e.IsWide && e.Matches(code) && !e.Elsewhere(e.Decode(code))).Select(e => e.Name).ToList();
            if (found.Count > 1)
            {
                shared.Add($"{code:X8}: {string.Join(", ", found)}");
            }
        }

        Assert.Empty(shared);
    }

    [Theory]
    [InlineData("programs")]
    [InlineData("harness")]
    public async Task Image_IsWhatItsSourcesGive(string part)
    {
        RequiredTool.Find("arm-none-eabi-gcc", "gcc-arm-none-eabi");
        var made = await CommandResult.RunAsync(
            RequiredTool.Find("make", "make"), ["--no-print-directory", "check"], folder: RepositoryFiles.At($"{Folder}/{part}"));

        Assert.True(made.ExitCode == 0, made.ToString());
    }

    private static QemuMachine Other() => new(RequiredTool.Find("qemu-system-arm", "qemu-system-arm"));
}
