using FarmAgent.TestKit.Processes;
using FarmAgent.Agent.Fuzz;

namespace FarmAgent.Agent.Tests.Security;

public sealed class WireFuzzTests
{
    /// <summary>The slice of <c>./build.sh fuzz wire</c> that every run of the tests takes.</summary>
    [Fact]
    public async Task Agent_MalformedInput_NeitherFallsNorKeepsAnything()
    {
        var found = await WireRun.RunAsync(ProgramPair.Developer, seed: 20_26, first: 0, count: 6_000, jobs: 2);

        Assert.Empty(found.Problems);
        Assert.Equal(6_000, found.Kinds.Values.Sum());
    }
}
