using FarmAgent.Keywords.Traces;

namespace FarmAgent.Keywords.Tests.Traces;

public sealed class BusTraceTests
{
    private readonly BusTrace _trace = new(() => new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero));

    [Fact]
    public void Take_NothingHappened_IsNothing() => Assert.Null(_trace.Take());

    [Fact]
    public void Take_Exchanges_AreATableWithTimes()
    {
        _trace.Add("i2c 0x08", "W 00 R BE", "acknowledged");
        _trace.Add("gpio PG11", "read", "level 0");

        Assert.Equal(
            """
            Last exchanges with the bench, newest last:
            03:04:05.006  i2c 0x08   W 00 R BE  acknowledged
            03:04:05.006  gpio PG11  read       level 0
            """,
            _trace.Take());
    }

    [Fact]
    public void Take_Again_ShowsNothingTwice()
    {
        _trace.Add("i2c 0x08", "W 00", "acknowledged");
        _trace.Take();

        Assert.Null(_trace.Take());
    }

    [Fact]
    public void Take_ExchangesOfTheTestBefore_AreNotEvidence()
    {
        _trace.Add("i2c 0x08", "W 00", "acknowledged");
        _trace.StartTest(null!);

        Assert.Null(_trace.Take());
    }

    [Fact]
    public void Add_SameAgain_IsCounted()
    {
        for (var i = 0; i < 500; i++)
        {
            _trace.Add("gpio PG11", "read", "level 0");
        }

        Assert.EndsWith("level 0  (500 times, until 03:04:05.006)", _trace.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_MoreThanAreKept_TheLastStay()
    {
        for (var i = 0; i < 30; i++)
        {
            _trace.Add("i2c 0x08", $"W {i}", "acknowledged");
        }

        var lines = _trace.Take()!.Split('\n');
        Assert.Equal(("W 10", "W 29", 21), (lines[1][24..28], lines[^1][24..28], lines.Length));
    }
}
