using System.CommandLine;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Robot;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl robot …</c>: Robot Framework's own command line, run here, with the farm's keywords against a leased board.</summary>
internal static class RobotCommand
{
    /// <summary>The entry in farmctl's help; the arguments themselves never pass through farmctl's parser.</summary>
    public static Command Create()
    {
        var arguments = new Argument<string[]>("ARGUMENTS") { Arity = ArgumentArity.ZeroOrMore, Description = "As for robot; see farmctl robot --help" };
        var command = new Command("robot", "Run Robot Framework suites here, with Robot Framework's options and exit codes") { TreatUnmatchedTokensAsErrors = false };
        command.Arguments.Add(arguments);
        command.SetAction(parsed => Run([.. parsed.GetValue(arguments) ?? [], .. parsed.UnmatchedTokens]));
        return command;
    }

    public static int Run(IReadOnlyList<string> arguments)
    {
        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            // The first interrupt lets teardowns run; the second ends the process.
            pressed.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        };
        using var session = FarmSession.FromEnvironment();
        var report = RunnerReport.FromEnvironment();
        return RobotProgram.Run(arguments, new RobotHost
        {
            Stdout = Console.Out,
            Stderr = Console.Error,
            IsTerminal = !Console.IsOutputRedirected,
            Libraries = FarmLibraries.Table(session),
            Clock = session.Clock,
            Cancellation = interrupt.Token,
            Finished = report.Take,
        });
    }
}
