using FarmAgent.Api.Connections;

namespace FarmAgent.Api.Tests.Connections;

public sealed class AgentAddressTests
{
    [Theory]
    [InlineData("unix:/run/farm-agent/agent.sock")]
    [InlineData("nanopi.local:7447")]
    [InlineData("127.0.0.1:7447")]
    [InlineData("[::1]:7447")]
    public void TryParse_AddressOfEitherKind_PrintsAsItWasRead(string text)
    {
        Assert.True(AgentAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("nanopi")]
    [InlineData("nanopi:")]
    [InlineData("nanopi:0")]
    [InlineData("nanopi:65536")]
    [InlineData(":7447")]
    [InlineData("[]:7447")]
    public void TryParse_NeitherKind_IsRefused(string? text) => Assert.False(AgentAddress.TryParse(text, out _));
}
