using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl boards</c>: what there is, who has it, what is wrong with it.</summary>
internal static class BoardsCommand
{
    private static readonly Option<string[]> Select = new("--select", "-l")
    {
        Description = "Only boards with these labels, for example -l mcu=stm32f103",
        HelpName = "KEY=VALUE",
    };

    public static Command Create()
    {
        var boards = CreateList();
        BoardCheckCommands.AddTo(boards);
        return boards;
    }

    private static Command CreateList() =>
        Verb.Make("boards", "Boards of the agent: state, chip, probe, labels, who holds them", [Select], async (context, cancellationToken) =>
        {
            var request = new ListBoardsRequest();
            foreach (var label in context.Get(Select) ?? [])
            {
                var parts = label.Split('=', 2);
                if (parts.Length != 2)
                {
                    throw new UsageException("BAD_LABEL", $"'{label}' is no label. Write KEY=VALUE, for example mcu=stm32f103.");
                }

                request.Labels[parts[0]] = parts[1];
            }

            var answer = await context.Client.Inventory.ListBoardsAsync(request, cancellationToken: cancellationToken);
            foreach (var board in answer.Boards)
            {
                context.RefuseVirtual(board);
            }

            context.Output.Result(answer, writer => Write(writer, answer.Boards));
            return ExitCodes.Ok;
        });

    private static void Write(TextWriter writer, IReadOnlyList<Board> boards)
    {
        var table = new TextTable("BOARD", "STATE", "CHIP", "PROBE", "BENCH", "LABELS", "HELD BY", "UNTIL");
        foreach (var board in boards)
        {
            table.Row(
                BoardNames.ToShort(board.Name),
                WireNames.Of(board.State),
                board.ExpectedChip,
                ProbeText(board.Probe),
                board.Bench == BenchKind.Virtual ? "virtual" : "real",
                string.Join(' ', board.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}")),
                board.HeldBy,
                board.HeldUntil is null ? "" : board.HeldUntil.ToDateTimeOffset().ToString("HH:mm:ss"));
        }

        table.WriteTo(writer);
        foreach (var board in boards)
        {
            foreach (var problem in board.Problems)
            {
                writer.WriteLine($"{BoardNames.ToShort(board.Name)}: {problem}");
            }

            if (board.FlashContent is { Undefined.Count: > 0 } content)
            {
                writer.WriteLine($"{BoardNames.ToShort(board.Name)}: {content.InvalidReason}; undefined: {FlashText.Ranges(content.Undefined)}. Flash it again.");
            }
        }
    }

    private static string ProbeText(Probe? probe) =>
        probe is null ? "" : probe.Serial.Length > 8 ? $"{probe.Model} {probe.Serial[..8]}" : $"{probe.Model} {probe.Serial}".Trim();
}
