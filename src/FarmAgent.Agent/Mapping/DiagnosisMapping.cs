using FarmAgent.Boards.Diagnosing;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Diagnoses for the API.</summary>
internal static class DiagnosisMapping
{
    public static Wire.Diagnosis ToWire(this Diagnosis diagnosis)
    {
        var wire = new Wire.Diagnosis
        {
            Verdict = diagnosis.Verdict == Verdict.Fail ? Wire.Verdict.Fail : Wire.Verdict.Error,
            Reason = diagnosis.Reason,
            Message = diagnosis.Message,
        };
        wire.Evidence.Add(diagnosis.Evidence.Select(e => new Wire.Evidence { Subject = e.Subject, Finding = e.Finding }));
        return wire;
    }
}
