using FarmAgent.Boards.Executors;

namespace FarmAgent.Boards.Leases;

/// <summary>What a board is doing as far as leases go.</summary>
internal enum SlotPhase
{
    /// <summary>On its way into the safe state.</summary>
    Settling,

    /// <summary>To be had.</summary>
    Free,

    /// <summary>Promised; the lease is being written down.</summary>
    Granting,

    /// <summary>Somebody's.</summary>
    Held,
}

/// <summary>A board's place in the manager. Guarded by the manager's lock.</summary>
internal sealed class BoardSlot(string board)
{
    public string Board { get; } = board;

    public BoardFence Fence { get; } = new(board);

    public long LastFence { get; set; }

    public SlotPhase Phase { get; set; } = SlotPhase.Settling;

    /// <summary>How long leases of it lasted lately; null before the first has ended.</summary>
    public TimeSpan? MeanHold { get; set; }

    /// <summary>The lease that is in force or being written down.</summary>
    public LeaseEntry? Entry { get; set; }
}
