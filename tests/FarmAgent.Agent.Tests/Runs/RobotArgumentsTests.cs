using FarmAgent.Agent.Runs;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RobotArgumentsTests
{
    [Theory]
    [InlineData("-v", "I2C_SLAVE:0x08", "-v", "BOARD:nanopi_neo2", "-t", "Probe STM32")]
    [InlineData("--variable", "A:1", "--test=Probe STM32", "--loglevel", "DEBUG")]
    [InlineData("-vA:1", "-Xt", "Probe*", "--exit-on-failure")]
    [InlineData("--LogLevel=TRACE", "--Max-Error-Lines", "none")]
    [InlineData("-v", "--outputdir:is a value here")]
    [InlineData("-M", "-d")]
    [InlineData()]
    public void Check_SelectionAndVariables_Pass(params string[] arguments) => RobotArguments.Check(arguments);

    [Theory]
    [InlineData("-d", "/tmp")]
    [InlineData("-d/tmp")]
    [InlineData("--outputdir=/tmp")]
    [InlineData("--OUTPUT-DIR", "/tmp")]
    [InlineData("--outputd", "/tmp")]
    [InlineData("-Xd", "/tmp")]
    [InlineData("-o", "x.xml")]
    [InlineData("--output", "NONE")]
    [InlineData("-l", "NONE")]
    [InlineData("--log=a.html")]
    [InlineData("-r", "r.html")]
    [InlineData("--report", "r.html")]
    [InlineData("-x", "x.xml")]
    [InlineData("--xunit", "x.xml")]
    [InlineData("-b", "debug.txt")]
    [InlineData("--debugfile", "debug.txt")]
    [InlineData("-T")]
    [InlineData("--timestampoutputs")]
    [InlineData("-A", "args.txt")]
    [InlineData("--argumentfile", "args.txt")]
    [InlineData("--nostatusrc")]
    [InlineData("--no-status-rc")]
    [InlineData("--dryrun")]
    [InlineData("--rerunfailed", "output.xml")]
    [InlineData("--listener", "Evil")]
    [InlineData("--prerunmodifier", "Evil")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--version")]
    [InlineData("other.robot")]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("-t")]
    [InlineData("-v", "A:1", "--test")]
    [InlineData("--unknown")]
    public void Check_PlacesOfFilesAndTheLike_AreRefused(params string[] arguments)
    {
        var refusal = Assert.Throws<RequestException>(() => RobotArguments.Check(arguments));

        Assert.Equal("REQUEST_INVALID", refusal.Reason);
    }

    [Fact]
    public void Check_DryRun_SaysThatItWouldProveNothing() =>
        Assert.Contains("prove nothing", Assert.Throws<RequestException>(() => RobotArguments.Check(["--dryrun"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_TooMany_AreRefused() => Assert.Throws<RequestException>(() => RobotArguments.Check([.. Enumerable.Repeat("-X", 501)]));
}
