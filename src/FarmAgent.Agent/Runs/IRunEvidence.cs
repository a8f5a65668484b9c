using FarmAgent.Boards.Diagnosing;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Takes what was found out about failed exchanges while a suite ran. Whoever makes a diagnosis under a run's token hands it on here: the
/// verdict of the run rests on it, not on what the suite says of itself.
/// </summary>
internal interface IRunEvidence
{
    /// <summary>Takes a diagnosis. Cheap, and does nothing for a run that has ended.</summary>
    /// <param name="run">Id of the run whose suite made the call; null (any other caller) does nothing.</param>
    /// <param name="diagnosis">Whose fault the failure is, with the facts.</param>
    void Record(string? run, Diagnosis diagnosis);
}
