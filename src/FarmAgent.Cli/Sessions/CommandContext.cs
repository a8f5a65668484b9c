using System.CommandLine;
using FarmAgent.Api;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Contexts;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Sessions;

/// <summary>What one verb works with: the agent, the board that is meant, and where output goes.</summary>
internal sealed class CommandContext : IDisposable
{
    private readonly ParseResult _parsed;
    private Board? _board;

    public CommandContext(ParseResult parsed, CommandOutput output)
    {
        _parsed = parsed;
        Output = output;
        Client = new FarmClient(ContextChoice.Choose(parsed.GetValue(GlobalOptions.Agent), parsed.GetValue(GlobalOptions.Context)));
    }

    public FarmClient Client { get; }

    public CommandOutput Output { get; }

    /// <summary>Value of an option or argument of the verb.</summary>
    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>Value of an argument of the verb that may be left out.</summary>
    public T? Get<T>(Argument<T> argument) => _parsed.GetValue(argument);

    /// <summary>Value of an argument that the verb cannot do without.</summary>
    public T Need<T>(Argument<T> argument) => _parsed.GetRequiredValue(argument);

    /// <summary>The board that is meant: named, from FARM_BOARD, or the agent's only one.</summary>
    /// <exception cref="UsageException">Several boards and none named (<c>BOARD_NOT_NAMED</c>), or a virtual one where a real one is required.</exception>
    public async Task<Board> BoardAsync(CancellationToken cancellationToken)
    {
        if (_board is not null)
        {
            return _board;
        }

        var named = _parsed.GetValue(GlobalOptions.Board) ?? Environment.GetEnvironmentVariable("FARM_BOARD");
        _board = string.IsNullOrEmpty(named)
            ? await OnlyBoardAsync(cancellationToken)
            : (await Client.Inventory.GetBoardAsync(
                new GetBoardRequest { Name = BoardNames.ToResource(named) }, cancellationToken: cancellationToken)).Board;
        RefuseVirtual(_board);
        return _board;
    }

    /// <summary>The lease to act under: the one that is held already, or a new one for this command.</summary>
    public async Task<CommandLease> LeaseAsync(string purpose, CancellationToken cancellationToken)
    {
        var board = await BoardAsync(cancellationToken);
        var named = _parsed.GetValue(GlobalOptions.Lease) ?? Environment.GetEnvironmentVariable("FARM_LEASE");
        if (!string.IsNullOrEmpty(named) && named != "auto")
        {
            return CommandLease.Held(board.Name, named.StartsWith("leases/", StringComparison.Ordinal) ? named : "leases/" + named);
        }

        return await CommandLease.TakeAsync(
            this, board, _parsed.GetValue(GlobalOptions.Owner), purpose, WaitLimit(), cancellationToken);
    }

    /// <summary>How long the caller is ready to wait in line.</summary>
    public TimeSpan WaitLimit() => _parsed.GetValue(GlobalOptions.Wait) is { } wait ? DurationText.Parse(wait) : TimeSpan.Zero;

    /// <summary>Refuses a virtual board if the caller said so.</summary>
    public void RefuseVirtual(Board board)
    {
        if (_parsed.GetValue(GlobalOptions.RequireReal) && board.Bench != BenchKind.Real)
        {
            throw new UsageException("BENCH_VIRTUAL",
                $"{BoardNames.ToShort(board.Name)} is a virtual bench and --require-real refuses those. Name a board with real hardware: farmctl boards.");
        }
    }

    public void Dispose() => Client.Dispose();

    private async Task<Board> OnlyBoardAsync(CancellationToken cancellationToken)
    {
        var boards = (await Client.Inventory.ListBoardsAsync(new ListBoardsRequest(), cancellationToken: cancellationToken)).Boards;
        return boards.Count switch
        {
            1 => boards[0],
            0 => throw new UsageException("NO_BOARDS", "This agent serves no board. Describe one in boards.d and restart it."),
            _ => throw new UsageException("BOARD_NOT_NAMED",
                $"This agent serves {string.Join(", ", boards.Select(board => BoardNames.ToShort(board.Name)))}. Say which: --board {BoardNames.ToShort(boards[0].Name)}."),
        };
    }
}
