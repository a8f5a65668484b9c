using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;
using Grpc.Core;

namespace FarmAgent.Cli.Commands;

/// <summary>Makes a verb of the command line: parses, connects, runs, and turns every way it can end into an exit code.</summary>
internal static class Verb
{
    /// <summary>A verb that talks to the agent.</summary>
    /// <param name="name">Word on the command line.</param>
    /// <param name="description">One line for the help.</param>
    /// <param name="symbols">Its options and arguments, in order.</param>
    /// <param name="run">What it does; the result is the exit code.</param>
    public static Command Make(
        string name, string description, IEnumerable<Symbol> symbols, Func<CommandContext, CancellationToken, Task<int>> run)
    {
        var command = With(name, description, symbols);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed,
            async output =>
            {
                using var context = new CommandContext(parsed, output);
                return await run(context, cancellationToken);
            },
            cancellationToken));
        return command;
    }

    /// <summary>A verb that needs no agent, or finds it by itself.</summary>
    /// <param name="name">Word on the command line.</param>
    /// <param name="description">One line for the help.</param>
    /// <param name="symbols">Its options and arguments, in order.</param>
    /// <param name="run">What it does; the result is the exit code.</param>
    public static Command MakeLocal(
        string name, string description, IEnumerable<Symbol> symbols, Func<LocalContext, CancellationToken, Task<int>> run)
    {
        var command = With(name, description, symbols);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, output => run(new LocalContext(parsed, output), cancellationToken), cancellationToken));
        return command;
    }

    private static Command With(string name, string description, IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Options.Add(option);
                    break;
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                default:
                    throw new ArgumentException($"{symbol.Name} is neither option nor argument", nameof(symbols));
            }
        }

        return command;
    }

    /// <summary>A word that only groups verbs.</summary>
    public static Command Group(string name, string description, params ReadOnlySpan<Command> verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs)
        {
            group.Subcommands.Add(verb);
        }

        return group;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<CommandOutput, Task<int>> run, CancellationToken cancellationToken)
    {
        var format = parsed.GetValue(GlobalOptions.Output) == "json" ? OutputFormat.Json : OutputFormat.Text;
        var output = new CommandOutput(Console.Out, Console.Error, format);
        try
        {
            return await run(output);
        }
        catch (UsageException e)
        {
            output.Error(e.Reason, e.Message, [], ExitCodes.BadInput);
            return ExitCodes.BadInput;
        }
        catch (CommandFailedException e)
        {
            output.Error(e.Reason, e.Message, [], e.ExitCode);
            return e.ExitCode;
        }
        catch (Exception e) when (e is OperationCanceledException || (e is RpcException { StatusCode: StatusCode.Cancelled } && cancellationToken.IsCancellationRequested))
        {
            output.Error("INTERRUPTED", "Stopped on request.", [], ExitCodes.Interrupted);
            return ExitCodes.Interrupted;
        }
        catch (RpcException e)
        {
            var error = FarmError.From(e);
            output.Error(error.Reason, error.Message, error.Metadata, error.ExitCode);
            return error.ExitCode;
        }
        catch (InvalidDataException e)
        {
            // What the agent sent, not what the user gave: nothing here reads the user's files by their meaning.
            output.Error("TRANSFER_DAMAGED", e.Message, [], ExitCodes.BenchError);
            return ExitCodes.BenchError;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.Error("FILE", e.Message, [], ExitCodes.BadInput);
            return ExitCodes.BadInput;
        }
    }
}
