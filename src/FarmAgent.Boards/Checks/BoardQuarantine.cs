namespace FarmAgent.Boards.Checks;

/// <summary>Why a board is kept from being leased until somebody looked at it.</summary>
/// <param name="Reason">Stable reason in capitals of what put it there, for example <c>WIRE_OPEN</c>.</param>
/// <param name="Text">What was found.</param>
/// <param name="Since">Wall time.</param>
public sealed record BoardQuarantine(string Reason, string Text, DateTimeOffset Since)
{
    /// <summary>For a board's list of problems.</summary>
    public override string ToString() =>
        $"in quarantine since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC ({Reason}): {Text} When it is mended: farmctl boards restore.";
}
