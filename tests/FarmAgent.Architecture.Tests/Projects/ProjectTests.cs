using FarmAgent.Architecture.Tests.Trees;
using FarmAgent.TestKit;

namespace FarmAgent.Architecture.Tests.Projects;

public sealed class ProjectTests : IDisposable
{
    private readonly ScratchTree _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Arrows_ThisRepository_AreThoseOfTheTable() => Assert.Empty(ArrowTable.Violations(new SourceTree(RepositoryFiles.Root)));

    [Fact]
    public void Packages_ThisRepository_AreInTheirRooms() => Assert.Empty(PackageRooms.Violations(new SourceTree(RepositoryFiles.Root)));

    [Fact]
    public void Arrows_SimulationKnowsTheDriver_IsForbidden()
    {
        _scratch.WithProject("src/FarmAgent.Probes/FarmAgent.Probes.csproj")
            .WithProject("src/FarmAgent.Simulation/FarmAgent.Simulation.csproj", @"..\FarmAgent.Probes\FarmAgent.Probes.csproj");

        var violation = Assert.Single(ArrowTable.Violations(_scratch.Tree));

        Assert.Contains("may not refer to FarmAgent.Probes", violation, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrows_UnknownRoom_IsForbidden()
    {
        _scratch.WithProject("src/FarmAgent.Common/FarmAgent.Common.csproj");

        Assert.Single(ArrowTable.Violations(_scratch.Tree));
    }

    [Fact]
    public void Arrows_TestsReferToOtherTests_IsForbidden()
    {
        _scratch.WithProject("tests/FarmAgent.Robot.Tests/FarmAgent.Robot.Tests.csproj", "../FarmAgent.Cli.Tests/FarmAgent.Cli.Tests.csproj");

        Assert.Single(ArrowTable.Violations(_scratch.Tree));
    }

    [Fact]
    public void Arrows_TestsWithoutWhatTheyTest_IsForbidden()
    {
        _scratch.WithProject("src/FarmAgent.Robot/FarmAgent.Robot.csproj").WithProject("tests/FarmAgent.Robot.Tests/FarmAgent.Robot.Tests.csproj");

        Assert.Single(ArrowTable.Violations(_scratch.Tree));
    }

    [Theory]
    [InlineData("Grpc.Net.Client")]
    [InlineData("Google.Protobuf")]
    public void Packages_WireInABoardRoom_IsForbidden(string package)
    {
        _scratch.WithProject("src/FarmAgent.Boards/FarmAgent.Boards.csproj", package);

        Assert.Single(PackageRooms.Violations(_scratch.Tree));
    }
}
