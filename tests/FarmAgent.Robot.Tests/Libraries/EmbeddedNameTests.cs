using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Tests.Libraries;

public sealed class EmbeddedNameTests
{
    [Theory]
    [InlineData("Set ${pin} to ${value}", "set PA0 TO 1", new[] { "PA0", "1" })]
    [InlineData("Wait ${n:\\d+} ms", "Wait 20 ms", new[] { "20" })]
    [InlineData("Wait ${n:\\d+} ms", "Wait ${time} ms", new[] { "${time}" })]
    [InlineData("Pick ${x:(a|b)c}", "Pick bc", new[] { "bc" })]
    public void Match_FittingCall_GivesArguments(string name, string call, string[] arguments)
    {
        Assert.True(EmbeddedName.TryParse(name, out var embedded, out _));
        Assert.Equal(arguments, embedded!.Match(call));
    }

    [Theory]
    [InlineData("Wait ${n:\\d+} ms", "Wait x ms")]
    [InlineData("Set ${pin} to ${value}", "Set PA0")]
    public void Match_OtherCall_GivesNothing(string name, string call)
    {
        Assert.True(EmbeddedName.TryParse(name, out var embedded, out _));
        Assert.Null(embedded!.Match(call));
    }

    [Fact]
    public void TryParse_NameWithoutArguments_GivesNothing()
    {
        Assert.True(EmbeddedName.TryParse("Plain", out var embedded, out _));
        Assert.Null(embedded);
    }
}
