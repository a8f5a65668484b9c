using FarmAgent.Robot.Building;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Tests.Settings;

public sealed class CommandLineTests
{
    private const string Suite = "*** Test Cases ***\nOne\n    No Operation\n";

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

    [Theory]
    [InlineData("--prerunmodifier")]
    [InlineData("--prerebotmodifier")]
    [InlineData("--parser")]
    public void Run_PythonExtensionThatExists_IsRefused(string option)
    {
        using var runs = new RobotRuns();
        var path = runs.Write("extension.py", "");
        Assert.Equal(252, runs.Run(Suite, option, path));
        Assert.Contains($"Option '{option}' is not supported", runs.Stderr.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prerunmodifier", "Importing model modifier 'absent.Name' failed: ModuleNotFoundError: No module named 'absent'")]
    [InlineData("--prerebotmodifier", "Importing model modifier 'absent.Name' failed: ModuleNotFoundError: No module named 'absent'")]
    [InlineData("--listener", "Importing listener 'absent.Name' failed: ModuleNotFoundError: No module named 'absent'")]
    public void Run_PythonExtensionThatIsAbsent_IsAnError(string option, string error)
    {
        using var runs = new RobotRuns();
        Assert.Equal(0, runs.Run(Suite, option, "absent.Name", "--xunit", runs.Write("x.xml", "")));
        Assert.Contains(error, runs.Stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ReportBackground_IsTheColorOfTheOutcome()
    {
        using var runs = new RobotRuns();
        var path = runs.Write("report.html", "");
        runs.Run(Suite, "--report", path, "--reportbackground", "teal:maroon");
        Assert.Contains("body { background: teal; }", File.ReadAllText(path), StringComparison.Ordinal);
    }
}
