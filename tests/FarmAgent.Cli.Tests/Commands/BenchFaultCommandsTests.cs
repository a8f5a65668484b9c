using FarmAgent.Cli.Commands;

namespace FarmAgent.Cli.Tests.Commands;

public sealed class BenchFaultCommandsTests
{
    [Fact]
    public void ScriptOf_Words_IsAScriptOfOneFault() =>
        Assert.Equal("faults:\n- kind: \"stuck-wire\"\n  net: \"SDA\"\n  for: \"5ms\"", BenchFaultCommands.ScriptOf("stuck-wire", ["net=SDA", "for=5ms"]));

    [Fact]
    public void ScriptOf_AValueWithQuotes_StaysOneValue() =>
        Assert.EndsWith("net: \"a\\\"b\\\\\"", BenchFaultCommands.ScriptOf("cut-wire", ["net=a\"b\\"]), StringComparison.Ordinal);

    [Theory]
    [InlineData("net")]
    [InlineData("=SDA")]
    [InlineData("Net: x=1")]
    public void ScriptOf_AWordThatIsNoSetting_IsRefused(string word) =>
        Assert.Equal("BAD_SETTING", Assert.Throws<UsageException>(() => BenchFaultCommands.ScriptOf("cut-wire", [word])).Reason);
}
