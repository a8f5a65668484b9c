using System.CommandLine;
using System.Runtime.InteropServices;
using FarmAgent.Cli.Events;
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

    // Robot Framework's own code for wrong arguments.
    private const int BadArguments = 252;

    public static int Run(IReadOnlyList<string> arguments)
    {
        using var interrupt = new CancellationTokenSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            Contexts.ContextChoice.ExportToEnvironment();
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine($"{e.Reason}: {e.Message}");
            return BadArguments;
        }

        using var session = FarmSession.FromEnvironment();
        var report = RunnerReport.FromEnvironment();
        using var events = RunnerEvents.FromEnvironment(() => session.Clock.Now, Console.Error);
        var code = RobotProgram.Run(arguments, new RobotHost
        {
            Stdout = Console.Out,
            Stderr = Console.Error,
            IsTerminal = !Console.IsOutputRedirected,
            Libraries = FarmLibraries.Table(session),
            Listeners = [session.Listener, .. events.Listeners],
            Evidence = session.Evidence,
            Clock = session.Clock,
            Cancellation = interrupt.Token,
            Finished = report.Take,
        });
        events.Finish();
        return code;

        // As with the original, the first of these signals lets teardowns run; the second ends the process.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
    }
}
