using FarmAgent.Hardware;

namespace FarmAgent.Boards.Inventory;

/// <summary>What reading board files gave: boards, or every problem at once.</summary>
/// <param name="Boards">Boards that could be read; complete only without problems.</param>
/// <param name="Problems">Everything that is wrong, in the order of the files.</param>
public sealed record InventoryReadResult(IReadOnlyList<BoardDescription> Boards, IReadOnlyList<InventoryProblem> Problems)
{
    /// <summary>The inventory, when there is nothing wrong.</summary>
    /// <exception cref="RequestException">There are problems (<c>BOARDS_INVALID</c>); the message lists them all.</exception>
    public BoardInventory ToInventory() => Problems.Count == 0
        ? new BoardInventory(Boards)
        : throw new RequestException(
            "BOARDS_INVALID",
            $"The board files have {Problems.Count} {(Problems.Count == 1 ? "problem" : "problems")}:{string.Concat(Problems.Select(p => $"\n  {p}"))}\n"
            + "Correct them; farm-agent --check-config reads them again.");
}
