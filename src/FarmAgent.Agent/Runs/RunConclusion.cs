using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>What a run proved.</summary>
/// <param name="Verdict">About whom.</param>
/// <param name="Reason">Stable name in capitals; empty with PASS.</param>
/// <param name="Summary">One line for a person.</param>
internal sealed record RunConclusion(Wire.Verdict Verdict, string Reason, string Summary);
