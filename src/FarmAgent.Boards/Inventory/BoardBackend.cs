namespace FarmAgent.Boards.Inventory;

/// <summary>What stands behind a board.</summary>
public enum BoardBackend
{
    /// <summary>The virtual bench; everything made on it says so.</summary>
    Virtual,

    /// <summary>Devices of this Linux host.</summary>
    Linux,
}
