using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Tests.Libraries;

public sealed class TagPatternTests
{
    [Theory]
    [InlineData("smoke", true)]
    [InlineData("SMO KE", true)]
    [InlineData("s*", true)]
    [InlineData("smokeANDslow", true)]
    [InlineData("smoke AND fast", false)]
    [InlineData("fast OR slow", true)]
    [InlineData("smoke NOT slow", false)]
    [InlineData("NOT fast", true)]
    [InlineData("smoke NOT fast NOT slow", false)]
    [InlineData("fast OR smoke AND slow", true)]
    public void Matches_TestWithSmokeAndSlow_FollowsTheOperators(string pattern, bool matches) =>
        Assert.Equal(matches, TagPattern.Parse(pattern).Matches(["smoke", "slow"]));

    [Fact]
    public void ToString_OperatorsWithoutSpaces_GetThem() => Assert.Equal("a AND b", TagPattern.Parse("aANDb").ToString());

    [Fact]
    public void Deprecation_UpperCaseNames_Warns() => Assert.Contains("'OR' is currently", TagPattern.Deprecation("AORB"), StringComparison.Ordinal);
}
