using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>What a run proved, whose fault it was, and the exit code that says so.</summary>
internal static class RunText
{
    public static string Id(string name) => name.StartsWith("runs/", StringComparison.Ordinal) ? name["runs/".Length..] : name;

    /// <summary>Exit code of a run by its verdict; a lease that was lost has its own.</summary>
    public static int ExitCodeOf(Run run) => run.Verdict switch
    {
        Verdict.Pass => ExitCodes.Ok,

        // A suite that Robot could not even load is bad input, not a failed test.
        Verdict.Fail => run.RobotExitCode == 252 ? ExitCodes.BadInput : ExitCodes.TestFailed,
        Verdict.Interrupted when run.Reason.StartsWith("LEASE_", StringComparison.Ordinal) => ExitCodes.LeaseLost,
        _ => ExitCodes.BenchError,
    };

    public static void WriteEvidence(TextWriter writer, Run run)
    {
        if (run.VacuousTests.Count > 0)
        {
            var names = string.Join(", ", run.VacuousTests.Select(name => $"\"{name}\""));
            writer.WriteLine($"{run.VacuousTests.Count} tests passed without asserting anything: {names}.");
        }

        // The same cause shows in many tests; its evidence is worth reading once.
        foreach (var diagnosis in run.Diagnoses.DistinctBy(diagnosis => (diagnosis.Reason, diagnosis.Message)))
        {
            writer.WriteLine();
            writer.WriteLine($"{diagnosis.Reason}: {diagnosis.Message}");
            writer.WriteLine($"Evidence ({DiagnosisText.Culprit(diagnosis)}):");
            DiagnosisText.WriteEvidence(writer, diagnosis);
        }
    }

    public static string VerdictLine(Run run)
    {
        var counts = $"{run.Passed + run.Failed + run.Skipped} tests, {run.Passed} passed, {run.Failed} failed"
            + (run.Skipped > 0 ? $", {run.Skipped} skipped" : "");
        var reason = run.Reason.Length > 0 ? $"  {run.Reason}" : "";

        // The evidence stands above in full; here is room for its first sentence.
        var end = run.Summary.IndexOf(". ", StringComparison.Ordinal);
        var why = run.Summary.Length > 0 ? "  " + (end > 0 ? run.Summary[..(end + 1)] : run.Summary) : "";
        return $"{WireNames.Of(run.Verdict)}{reason}{why}  {counts}  run {Id(run.Name)}{(run.Virtual ? "  bench: virtual" : "")}";
    }
}
