using FarmAgent.Keywords.Sessions;
using FarmAgent.Robot;
using FarmAgent.Robot.Results;
using TestResult = FarmAgent.Robot.Results.TestResult;

namespace FarmAgent.Keywords.Tests;

/// <summary>Runs a suite that a test writes down, with the real engine and the real libraries.</summary>
internal static class SuiteText
{
    private const string Libraries = """
        *** Settings ***
        Library    STM32GpioExpander    AS    expander
        Library    HostGpio    AS    host
        Library    Board
        Library    Flash
        Library    I2c
        Library    Serial

        *** Test Cases ***

        """;

    /// <summary>The tests of the suite with their results.</summary>
    public static IReadOnlyList<TestResult> Run(FarmSession session, string tests) => RunIn(session, tests, ["--output", "NONE", "--log", "NONE"], (all, _) => all);

    /// <summary>The output.xml and log.html of the suite.</summary>
    public static (string Output, string Log) Files(FarmSession session, string tests) =>
        RunIn(session, tests, [], (_, folder) => (File.ReadAllText(Path.Combine(folder, "output.xml")), File.ReadAllText(Path.Combine(folder, "log.html"))));

    private static T RunIn<T>(FarmSession session, string tests, string[] options, Func<IReadOnlyList<TestResult>, string, T> look)
    {
        var folder = Directory.CreateTempSubdirectory("keywords-");
        try
        {
            var suite = Path.Combine(folder.FullName, "suite.robot");
            File.WriteAllText(suite, Libraries + tests);
            RunResult? result = null;
            using var console = new StringWriter();
            var code = RobotProgram.Run(["--outputdir", folder.FullName, "--report", "NONE", .. options, suite], new RobotHost
            {
                Stdout = console,
                Stderr = console,
                Libraries = FarmLibraries.Table(session),
                Listeners = [session.Listener],
                Evidence = session.Evidence,
                Clock = session.Clock,
                Finished = finished => result = finished,
            });
            Assert.True(result is not null, $"exit {code}\n{console}");
            return look([.. result.Suite.AllTests], folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Message of a single test with one step, which must fail.</summary>
    public static string Failure(FarmSession session, string step)
    {
        var test = Assert.Single(Run(session, $"One\n    {step}\n"));
        Assert.Equal(Status.Fail, test.Status);
        return test.Message;
    }
}
