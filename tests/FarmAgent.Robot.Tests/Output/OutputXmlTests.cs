using System.Diagnostics;
using System.Xml.Linq;

namespace FarmAgent.Robot.Tests.Output;

public sealed class OutputXmlTests
{
    private const string Suite = """
        *** Settings ***
        Documentation    About <this> & "that".
        Metadata    Bench    virtual
        Suite Setup    Log    up

        *** Test Cases ***
        Passing
            [Documentation]    Passes.
            [Tags]    smoke    own tag
            FOR    ${i}    IN RANGE    2
                Log    ${i} < 5 & "quoted"
            END
            IF    ${True}    Log    yes    ELSE    Log    no
            TRY
                Fail    expected
            EXCEPT    expected    AS    ${error}
                Log    ${error}    level=WARN
            END
            WHILE    ${True}    limit=2    on_limit=PASS
                No Operation
            END
            GROUP    Named
                VAR    ${x}    1    2    separator=-
            END

        Failing
            [Timeout]    1 minute
            Log    \x01control
            Fail    line one\nline two

        Skipped
            Skip    not today
        """;

    [Fact]
    public void Write_SuiteWithEveryConstruct_HasSchemaAndStatistics()
    {
        using var runs = new RobotRuns();
        runs.Run(Suite);
        var robot = runs.Output;
        Assert.Equal("5", robot.Attribute("schemaversion")!.Value);
        var total = robot.Element("statistics")!.Element("total")!.Element("stat")!;
        Assert.Equal("1 1 1", $"{total.Attribute("pass")!.Value} {total.Attribute("fail")!.Value} {total.Attribute("skip")!.Value}");
        string[] constructs = ["kw", "for", "iter", "if", "branch", "try", "while", "group", "variable", "msg", "timeout", "tag", "meta", "doc"];
        Assert.All(constructs, name => Assert.NotEmpty(robot.Descendants(name)));
    }

    [Fact]
    public void Write_ControlCharacter_IsLeftOut()
    {
        using var runs = new RobotRuns();
        runs.Run(Suite);
        Assert.Contains(runs.Output.Descendants("msg"), message => message.Value == "control");
    }

    [Fact]
    public void Write_Warning_IsAmongTheErrors()
    {
        using var runs = new RobotRuns();
        runs.Run(Suite);
        Assert.Equal(["expected"], runs.Output.Element("errors")!.Elements("msg").Select(message => message.Value));
    }

    [Fact]
    public void Write_Output_IsReadByRebot()
    {
        Assert.SkipUnless(HasRebot(), "python3 with Robot Framework is not installed.");
        using var runs = new RobotRuns();
        runs.Run(Suite);
        var output = runs.Write("copied.xml", runs.Output.ToString(SaveOptions.DisableFormatting));
        var again = output + ".again";
        using var rebot = Process.Start(new ProcessStartInfo(
            "python3", ["-m", "robot.rebot", "--log", "NONE", "--report", "NONE", "--output", again, "--nostatusrc", output])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        rebot.StandardOutput.ReadToEnd();
        rebot.WaitForExit();
        Assert.Equal(
            runs.Output.Descendants("test").Select(test => test.Element("status")!.Attribute("status")!.Value),
            XDocument.Load(again).Descendants("test").Select(test => test.Element("status")!.Attribute("status")!.Value));
    }

    private static bool HasRebot()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("python3", ["-c", "import robot.rebot"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            })!;
            probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
