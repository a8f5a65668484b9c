using FarmAgent.Agent.Security;

namespace FarmAgent.Agent.Tests.Security;

public sealed class RunTokensTests
{
    private readonly RunTokens _tokens = new();

    [Fact]
    public void Find_IssuedToken_IsBoundToItsRunAndLease()
    {
        var caller = _tokens.Find(_tokens.Issue("r-1", "l-1", "b1"));

        Assert.Equal(new Caller("run:r-1", CallerRole.Runner, "r-1", "l-1") { Board = "b1" }, caller);
    }

    [Fact]
    public void Find_AfterRevoke_IsNobody()
    {
        var (dead, alive) = (_tokens.Issue("r-1", "l-1", "b1"), _tokens.Issue("r-2", "l-1", "b1"));

        _tokens.Revoke("r-1");

        Assert.Null(_tokens.Find(dead));
        Assert.NotNull(_tokens.Find(alive));
    }

    [Fact]
    public void Find_SomethingElse_IsNobody() => Assert.Null(_tokens.Find("0000"));
}
