using FarmAgent.Robot.Building;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Tests.Settings;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--Dry-Run", "dryrun", "true")]
    [InlineData("--noSTATUSrc", "statusrc", "false")]
    [InlineData("--outputd=x", "outputdir", "x")]
    [InlineData("-Lx", "loglevel", "x")]
    public void Parse_Spellings_GiveTheOption(string argument, string name, string value) =>
        Assert.Equal((name, value), Assert.Single(CommandLine.Parse([argument]).Options));

    [Fact]
    public void Parse_OptionAfterPath_IsAPath() => Assert.Equal(["a.robot", "-d"], CommandLine.Parse(["a.robot", "-d"]).Paths);

    [Theory]
    [InlineData("--wrong", "option --wrong not recognized")]
    [InlineData("--out", "option --out not a unique prefix")]
    [InlineData("-Z", "option -Z not recognized")]
    [InlineData("--name", "option --name requires argument")]
    [InlineData("--dryrun=x", "option --dryrun must not have an argument")]
    public void Parse_WrongOption_SaysWhatIsWrong(string argument, string message) =>
        Assert.Equal(message, Assert.Throws<SuiteDataException>(() => CommandLine.Parse([argument])).Message);
}
