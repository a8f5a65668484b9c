using FarmAgent.Agent.Runs;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunNamesTests
{
    [Fact]
    public void IdOf_NewName_IsAnId() => Assert.StartsWith("r-", RunNames.IdOf(RunNames.New()), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("runs/")]
    [InlineData("runs/..")]
    [InlineData("runs/r-../../../etc0")]
    [InlineData("runs/r-0123456789ABCDEF")]
    [InlineData("runs/r-0123456789abcdef0")]
    [InlineData("r-0123456789abcdef")]
    public void IdOf_AnythingElse_IsRefused(string name) => Assert.Equal("RUN_UNKNOWN", Assert.Throws<RequestException>(() => RunNames.IdOf(name)).Reason);
}
