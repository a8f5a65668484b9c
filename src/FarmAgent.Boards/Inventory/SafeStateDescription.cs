namespace FarmAgent.Boards.Inventory;

/// <summary>How a board is left at the end of a lease and at the start of the agent.</summary>
public sealed record SafeStateDescription
{
    /// <summary>What happens to the device under test.</summary>
    public SafeTargetState Target { get; init; } = SafeTargetState.Run;
}

/// <summary>What the device under test does while nobody uses the board.</summary>
public enum SafeTargetState
{
    /// <summary>Reset, then its firmware runs: the next user finds it as after power-up. The default.</summary>
    Run,

    /// <summary>Reset and halted before the first instruction: its pins stay inputs.</summary>
    Halt,

    /// <summary>Left as it is.</summary>
    Leave,
}
