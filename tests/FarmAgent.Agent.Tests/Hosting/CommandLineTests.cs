using FarmAgent.Agent.Hosting;

namespace FarmAgent.Agent.Tests.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_AllOptions_AreTaken()
    {
        var result = CommandLine.Parse(
            ["--config", "a.yaml", "--boards=b.d", "--state", "/s", "--socket", "/s/x.sock", "--insecure-loopback", "7447", "--virtual", "--clock", "lockstep"]);

        Assert.Equal(
            new AgentOptions
            {
                Config = "a.yaml",
                Boards = "b.d",
                State = "/s",
                Socket = "/s/x.sock",
                InsecureLoopbackPort = 7447,
                Virtual = true,
                RealtimeClock = false,
                IsProcess = true,
            },
            result.Options);
    }

    [Theory]
    [InlineData("--nonsense", "'--nonsense' is no option")]
    [InlineData("extra", "'extra' is no option")]
    [InlineData("--config", "--config needs a value")]
    [InlineData("--virtual=yes", "--virtual takes no value")]
    [InlineData("--insecure-loopback=99999", "write a port")]
    [InlineData("--clock=lockstep", "--clock is for --virtual")]
    [InlineData("--virtual --clock=fast", "write realtime or lockstep")]
    public void Parse_Mistake_SaysWhatAndEndsWithTwo(string line, string expected)
    {
        var result = CommandLine.Parse(line.Split(' '));

        Assert.Equal((null, 2), (result.Options, result.ExitCode));
        Assert.Contains(expected, result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "Usage: farm-agent")]
    [InlineData("--version", "farm-agent 0.")]
    public void Parse_Question_IsAnsweredWithZero(string option, string expected)
    {
        var result = CommandLine.Parse([option]);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(expected, result.Text, StringComparison.Ordinal);
    }
}
