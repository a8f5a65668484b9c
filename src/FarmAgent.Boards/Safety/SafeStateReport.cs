namespace FarmAgent.Boards.Safety;

/// <summary>One step into the safe state that failed.</summary>
/// <param name="Step">What was to be done, for example <c>line PG11 to input</c>.</param>
/// <param name="Reason">Stable reason in capitals.</param>
/// <param name="Message">What happened, what was found, what to do next.</param>
/// <param name="IsDevice">True when a device of the board reports the same as its own problem.</param>
public sealed record SafeStateFailure(string Step, string Reason, string Message, bool IsDevice);

/// <summary>How the way into the safe state went.</summary>
/// <param name="Board">Name of the board.</param>
/// <param name="Time">Wall time at its end.</param>
/// <param name="Steps">What was done.</param>
/// <param name="Failures">What could not be done.</param>
public sealed record SafeStateReport(string Board, DateTimeOffset Time, IReadOnlyList<string> Steps, IReadOnlyList<SafeStateFailure> Failures)
{
    /// <summary>True when every step was done.</summary>
    public bool IsSafe => Failures.Count == 0;
}
