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
        foreach (var evidence in diagnosis.Evidence)
        {
            With("evidence." + evidence.Subject, evidence.Finding);
        }
    }
}
