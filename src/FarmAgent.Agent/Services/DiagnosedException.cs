using FarmAgent.Boards;
using FarmAgent.Boards.Diagnosing;

namespace FarmAgent.Agent.Services;

/// <summary>An exchange with the device under test failed, and it is known whose fault that is: the reason is the diagnosis' own.</summary>
internal sealed class DiagnosedException : BoardException
{
    public DiagnosedException(Diagnosis diagnosis)
        : base(diagnosis.Reason, diagnosis.Message)
    {
        With("verdict", diagnosis.Verdict == Verdict.Fail ? "fail" : "error");
        for (var i = 0; i < diagnosis.Evidence.Count; i++)
        {
            // Numbered, so that readers keep the order in which things were looked at.
            With($"evidence.{i + 1}.{diagnosis.Evidence[i].Subject}", diagnosis.Evidence[i].Finding);
        }
    }
}
