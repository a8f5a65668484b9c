using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

public sealed class LeaseSchedulerTests
{
    [Fact]
    public void Assign_LaterWaiterWantsOtherBoard_IsServedPastTheFirst() =>
        Assert.Equal([(1, "b2")], LeaseScheduler.Assign([["b1"], ["b2"]], ["b2"]));

    [Fact]
    public void Assign_SeveralWantOneBoard_FirstGetsIt() =>
        Assert.Equal([(0, "b1")], LeaseScheduler.Assign([["b1"], ["b1", "b2"]], ["b1"]));

    [Fact]
    public void Assign_WishHasAlternatives_TakesTheFirstFree() =>
        Assert.Equal([(0, "b1"), (1, "b2")], LeaseScheduler.Assign([["b1"], ["b1", "b2"]], ["b1", "b2"]));

    [Fact]
    public void Positions_Alternatives_CountTheShortestLine() =>
        Assert.Equal([("b1", 1), ("b1", 2), ("b2", 1)], LeaseScheduler.Positions([["b1"], ["b1"], ["b1", "b2"]]));
}
