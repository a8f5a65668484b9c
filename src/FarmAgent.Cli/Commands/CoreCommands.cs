using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Google.Protobuf;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl core …</c>: the core of the chip, without a debugger. What it does lasts as long as the lease.</summary>
internal static class CoreCommands
{
    private static readonly Option<string> Count = new("--count") { Description = "Instructions", HelpName = "N", DefaultValueFactory = _ => "1" };

    public static Command Create() => Verb.Group("core", "Halt, run and step the core; 'tunnel gdb' for more",
        Make("halt", "Halt the core until it is resumed or the lease ends", async (context, board, lease, stop) =>
            Show(context, (await context.Client.Debug.HaltAsync(new HaltRequest { Board = board, Lease = lease }, cancellationToken: stop)).Core)),
        Make("resume", "Let the core run", async (context, board, lease, stop) =>
            Show(context, (await context.Client.Debug.ResumeAsync(new ResumeRequest { Board = board, Lease = lease }, cancellationToken: stop)).Core)),
        Make("step", "Execute instructions of the halted core", async (context, board, lease, stop) =>
            Show(context, (await context.Client.Debug.StepAsync(
                new StepRequest { Board = board, Lease = lease, Count = (uint)NumberText.Parse(context.Get(Count)!, "--count", 1000) }, cancellationToken: stop)).Core), Count),
        Make("state", "What the core does, without disturbing it", async (context, board, lease, stop) =>
            Show(context, (await context.Client.Debug.GetCoreStateAsync(new GetCoreStateRequest { Board = board, Lease = lease }, cancellationToken: stop)).Core)),
        Make("registers", "Read the registers of the halted core", async (context, board, lease, stop) =>
        {
            var answer = await context.Client.Debug.ReadRegistersAsync(new ReadRegistersRequest { Board = board, Lease = lease }, cancellationToken: stop);
            context.Output.Result(answer, writer =>
            {
                foreach (var register in answer.Registers)
                {
                    writer.WriteLine($"{register.Name,-8} 0x{register.Value:X8}");
                }
            });
        }));

    private static void Show(CommandContext context, CoreState core) => context.Output.Result((IMessage)core, writer => writer.WriteLine(ChipCommands.CoreText(core)));

    private static Command Make(
        string name, string description, Func<CommandContext, string, string, CancellationToken, Task> run, params IEnumerable<Symbol> symbols) =>
        Verb.Make(name, description, symbols, async (context, cancellationToken) =>
        {
            var board = await context.BoardAsync(cancellationToken);
            await using var lease = await context.LeaseAsync($"core {name}", cancellationToken);
            await run(context, board.Name, lease.Name, cancellationToken);
            return ExitCodes.Ok;
        });
}
