using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Tests.Libraries;

public sealed class TimeStringsTests
{
    [Theory]
    [InlineData("10", 10)]
    [InlineData("1 min 30 s", 90)]
    [InlineData("01:30", 90)]
    [InlineData("1:00:00.5", 3600.5)]
    [InlineData("- 2 ms", -0.002)]
    [InlineData("1d 2h", 93_600)]
    public void TryParse_Time_GivesSeconds(string text, double seconds)
    {
        Assert.True(TimeStrings.TryParse(text, out var value));
        Assert.Equal(seconds, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1 s 2 s")]
    [InlineData("1:xx")]
    public void TryParse_OtherText_Fails(string text) => Assert.False(TimeStrings.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(61.5, "1 minute 1 second 500 milliseconds")]
    [InlineData(-86_400, "- 1 day")]
    public void Format_Seconds_GivesWords(double seconds, string text) => Assert.Equal(text, TimeStrings.Format(seconds));
}
