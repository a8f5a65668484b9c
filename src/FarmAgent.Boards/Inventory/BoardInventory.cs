using System.Diagnostics.CodeAnalysis;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Inventory;

/// <summary>The boards that this agent serves. Fixed from start to end.</summary>
public sealed class BoardInventory
{
    private readonly Dictionary<string, BoardDescription> _byName;

    /// <summary>Makes an inventory of descriptions with distinct names.</summary>
    /// <param name="boards">The boards.</param>
    public BoardInventory(IEnumerable<BoardDescription> boards)
    {
        Boards = [.. boards.OrderBy(b => b.Name, StringComparer.Ordinal)];
        _byName = Boards.ToDictionary(b => b.Name, StringComparer.Ordinal);
    }

    /// <summary>All boards, by name.</summary>
    public IReadOnlyList<BoardDescription> Boards { get; }

    /// <summary>Finds a board.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="board">The board when there is one.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out BoardDescription? board) => _byName.TryGetValue(name, out board);

    /// <summary>Finds a board that has to be there.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="RequestException">There is none of that name (<c>BOARD_UNKNOWN</c>).</exception>
    public BoardDescription Get(string name)
    {
        if (TryGet(name, out var board))
        {
            return board;
        }

        var hint = Suggestions.DidYouMean(name, _byName.Keys);
        throw new RequestException(
            "BOARD_UNKNOWN",
            $"There is no board '{name}' here. {Known()}{hint}")
            .With("board", name);
    }

    /// <summary>Boards that have all the wanted labels.</summary>
    /// <param name="labels">Wanted labels; none selects every board.</param>
    public IReadOnlyList<BoardDescription> Matching(IReadOnlyDictionary<string, string> labels) => [.. Boards.Where(b => b.HasLabels(labels))];

    /// <summary>Boards that have all the wanted labels, at least one.</summary>
    /// <param name="labels">Wanted labels.</param>
    /// <exception cref="RequestException">No board has them (<c>BOARD_NO_MATCH</c>).</exception>
    public IReadOnlyList<BoardDescription> Select(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var matching = Matching(labels);
        return matching.Count > 0
            ? matching
            : throw new RequestException(
                "BOARD_NO_MATCH",
                $"No board has the labels {string.Join(' ', labels.Select(l => $"{l.Key}={l.Value}"))}. {Known()} Select by labels that a board has.");
    }

    private string Known() => Boards.Count == 0
        ? "This agent has no board at all: describe one in boards.d, or start it with --virtual."
        : $"Boards: {string.Join(", ", Boards.Take(20).Select(b => b.Name))}.";
}
