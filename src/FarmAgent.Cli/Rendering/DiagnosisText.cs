using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>Whose fault a failure is, with the facts that say so.</summary>
internal static class DiagnosisText
{
    public static IEnumerable<KeyValuePair<string, string>> Facts(Diagnosis? diagnosis) =>
        diagnosis?.Evidence.Select(evidence => KeyValuePair.Create(evidence.Subject, evidence.Finding)) ?? [];

    public static void WriteEvidence(TextWriter writer, Diagnosis? diagnosis)
    {
        foreach (var (subject, finding) in Facts(diagnosis))
        {
            writer.WriteLine($"  {subject,-12} {finding}");
        }
    }

    /// <summary>Who is meant, for the heading of the evidence.</summary>
    public static string Culprit(Diagnosis diagnosis) => diagnosis.Verdict == Verdict.Error ? "the bench, not the firmware" : "firmware or wiring, not the bench";
}
