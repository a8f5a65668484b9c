using CsCheck;
using FarmAgent.Agent.Stores;

namespace FarmAgent.Agent.Tests.Stores;

public sealed class RetentionRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetentionRule Wide = new(1000, 1_000_000, TimeSpan.FromDays(30));

    [Fact]
    public void Choose_TooMany_RemovesWhatWasUsedLeastLately() =>
        Assert.Equal(["i3", "i4"], Names(Wide with { Count = 3 }, Items(5)));

    [Fact]
    public void Choose_TooLarge_RemovesUntilItFits() =>
        Assert.Equal(["i2", "i3"], Names(Wide with { Bytes = 200 }, Items(4)));

    [Fact]
    public void Choose_InUse_IsNeverRemoved() =>
        Assert.Equal(["i0"], Names(Wide with { Count = 1 }, Items(2, usedFrom: 1)));

    [Fact]
    public void Choose_Old_IsRemoved() =>
        Assert.Equal(["i10", "i11"], Names(Wide with { Age = TimeSpan.FromMinutes(5) }, Items(12)).Order(StringComparer.Ordinal));

    [Fact]
    public void Choose_ClockJumpedAhead_KeepsTheNewestFew() =>
        Assert.Equal(20, Items(30).Count - (30 - Names(Wide, Items(30), Now.AddYears(20)).Count()));

    [Fact]
    public void Choose_Anything_IsWithinItsLimitsExceptForWhatIsInUse() =>
        Gen.Select(Gen.Int[0, 400], Gen.Long[0, 300], Gen.Bool).Array[0, 40].Sample(raw =>
        {
            var items = raw.Select((r, i) => new RetainedItem($"i{i}", Now.AddMinutes(-r.Item1), r.Item2, r.Item3)).ToList();
            var rule = new RetentionRule(5, 700, TimeSpan.FromHours(3));
            var gone = rule.Choose(items, Now);
            var kept = items.Except(gone).ToList();
            Assert.DoesNotContain(gone, g => g.IsInUse);
            Assert.True(kept.All(k => k.IsInUse) || (kept.Count <= 5 && kept.Sum(k => k.Bytes) <= 700));
        });

    private static IEnumerable<string> Names(RetentionRule rule, IEnumerable<RetainedItem> items, DateTimeOffset? now = null) => rule.Choose(items, now ?? Now).Select(i => i.Name);

    private static List<RetainedItem> Items(int count, int usedFrom = int.MaxValue) =>
        [.. Enumerable.Range(0, count).Select(i => new RetainedItem($"i{i}", Now.AddMinutes(-i), 100, i >= usedFrom))];
}
