using FarmAgent.Leases.Fuzz;

namespace FarmAgent.Boards.Tests.Leases;

/// <summary>A slice of <c>./build.sh fuzz leases</c>, always the same one.</summary>
public sealed class LeaseFuzzTests
{
    private const int Schedules = 4_000;

    [Fact]
    public async Task Schedules_OfTheSlice_KeepEveryPromise()
    {
        var session = new FuzzSession(seed: 20261124);

        await session.RunAsync(first: 0, Schedules, jobs: 2, report: _ => { });

        Assert.Empty(session.Problems);
    }

    [Theory]
    [InlineData("touches")]
    [InlineData("touches fenced off")]
    [InlineData("Restored")]
    [InlineData("Transferred")]
    [InlineData("ended TakenOver")]
    [InlineData("ended Revoked")]
    [InlineData("safe states late")]
    public async Task Schedules_OfTheSlice_ReachWhatTheyAreFor(string what)
    {
        var session = new FuzzSession(seed: 1);

        await session.RunAsync(first: 0, 300, jobs: 2, report: _ => { });

        Assert.True(session.Totals[what] > 0, session.Totals.ToString());
    }
}
