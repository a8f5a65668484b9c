using System.CommandLine;
using System.CommandLine.Parsing;
using FarmAgent.Api.Errors;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Commands;

/// <summary>The whole command line of farmctl.</summary>
internal static class FarmctlCommand
{
    // A flash that is interrupted stops at a page boundary; the process waits for that instead of being torn down.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    public static RootCommand Create()
    {
        var root = new RootCommand("Uses the boards of a FarmAgent: lease, flash, debug, test.");
        GlobalOptions.AddTo(root);
        Command[] verbs =
        [
            AgentCommands.Create(),
            BoardsCommand.Create(),
            LeaseCommands.Create(),
            FlashCommand.Create(),
            EraseCommand.Create(),
            VerifyCommand.Create(),
            ReadCommand.Create(),
            OptionByteCommands.Create(),
            OptionByteCommands.CreateProtect(),
            OptionByteCommands.CreateUnprotect(),
            OperationCommands.Create(),
            ReceiptsCommand.Create(),
            ResetCommand.Create(),
            ChipCommands.Create(),
            CoreCommands.Create(),
            MemoryCommands.Create(),
            I2cCommands.Create(),
            ExpanderCommands.Create(),
            GpioCommands.Create(),
            InstrumentCommands.Create(),
            PowerCommands.Create(),
            SerialCommands.Create(),
            TunnelCommands.Create(),
            RunCommand.Create(),
            RunsCommands.Create(),
            TraceCommands.Create(),
            BenchCommands.Create(),
            DemoCommand.Create(),
            RobotCommand.Create(),
            LoginCommand.Create(),
            ContextCommands.Create(),
            TokenCommands.Create(),
            TokenCommands.CreateCert(),
            AuditCommands.Create(),
            ImageCommands.Create(),
        ];
        foreach (var verb in verbs)
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    public static Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var parsed = Create().Parse(arguments);
        return parsed.Errors.Count > 0
            ? Task.FromResult(Refuse(parsed))
            : parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopLimit,
            });
    }

    // One line that says what is wrong and where the help is; the help itself would bury it.
    private static int Refuse(ParseResult parsed)
    {
        var words = string.Join(' ', PathOf(parsed.CommandResult).Reverse());
        var format = parsed.Tokens.Any(token => token.Value == "json") ? OutputFormat.Json : OutputFormat.Text;
        var message = string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct()) + $" See: {words} --help";
        new CommandOutput(Console.Out, Console.Error, format).Error("USAGE", message, [], ExitCodes.BadInput);
        return ExitCodes.BadInput;
    }

    private static IEnumerable<string> PathOf(CommandResult command)
    {
        for (SymbolResult? result = command; result is CommandResult { Command: var word }; result = result.Parent)
        {
            yield return word is RootCommand ? "farmctl" : word.Name;
        }
    }
}
