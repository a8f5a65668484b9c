using FarmAgent.Probes.StLink;

namespace FarmAgent.Probes.Tests.StLink;

public sealed class StLinkVersionTests
{
    [Theory]
    [InlineData("294783044837", "V2J37S7")]
    [InlineData("29DB83044B37", "V2J39M27")]
    [InlineData("25C083044837", "V2J23S0")]
    public void Decode_Reply_NamesTheVersion(string reply, string expected) =>
        Assert.Equal(expected, StLinkVersion.Decode(Convert.FromHexString(reply)).ToString());

    [Fact]
    public void Decode_BoardForStm8_HasNoDebugPart() => Assert.Equal(0, StLinkVersion.Decode(Convert.FromHexString("254783044B37")).Debug);

    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void ReadsVoltage_ByVersion_BeginsWithJ13(int debug, bool expected) =>
        Assert.Equal(expected, new StLinkVersion(2, debug, 0, false).ReadsVoltage);

    [Theory]
    [InlineData(21, false)]
    [InlineData(22, true)]
    public void SetsSwdDivisor_ByVersion_BeginsWithJ22(int debug, bool expected) =>
        Assert.Equal(expected, new StLinkVersion(2, debug, 0, false).SetsSwdDivisor);

    [Theory]
    [InlineData(27, false)]
    [InlineData(28, true)]
    public void OpensAccessPorts_ByVersion_BeginsWithJ28(int debug, bool expected) =>
        Assert.Equal(expected, new StLinkVersion(2, debug, 0, false).OpensAccessPorts);

    [Theory]
    [InlineData(10000, 4000)]
    [InlineData(4000, 4000)]
    [InlineData(1799, 1200)]
    [InlineData(100, 100)]
    [InlineData(1, 5)]
    public void Choose_RequestedClock_IsTheFastestNotAbove(int requested, int expected) =>
        Assert.Equal(expected, SwdClock.Choose(requested).Kilohertz);
}
