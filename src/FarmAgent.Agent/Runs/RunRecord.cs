using FarmAgent.Boards.FlashRecords;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>The record of a run as the API and the state database know it.</summary>
internal static class RunRecord
{
    private const int Killed = -1;
    private const string Receipts = "receipts/";

    /// <summary>The record of a run that begins.</summary>
    public static Wire.Run Begin(Wire.StartRunRequest request, FlashContent content, bool isVirtual, DateTimeOffset now) => new()
    {
        Name = RunNames.New(),
        Board = request.Board,
        Lease = request.Lease,
        Suite = request.Suite,
        State = Wire.RunState.Running,
        StartTime = now.ToTimestamp(),
        Receipt = ReceiptOf(content),
        Virtual = isVirtual,
        RequestId = request.RequestId,
    };

    /// <summary>Fills in what it proved.</summary>
    /// <param name="run">The record.</param>
    /// <param name="facts">What that rests on.</param>
    /// <param name="content">What is known of the flash at the end.</param>
    public static void Conclude(this Wire.Run run, RunFacts facts, FlashContent content)
    {
        run.Conclude(facts);
        run.Receipt = ReceiptOf(content);
    }

    /// <summary>Fills in what it proved, where nothing is known of the flash at its end.</summary>
    /// <param name="run">The record.</param>
    /// <param name="facts">What that rests on.</param>
    public static void Conclude(this Wire.Run run, RunFacts facts)
    {
        var conclusion = RunVerdict.Decide(facts);
        (run.Verdict, run.Reason, run.Summary) = (conclusion.Verdict, conclusion.Reason, conclusion.Summary);
        run.RobotExitCode = facts.ExitCode ?? Killed;
        (run.Passed, run.Failed, run.Skipped) = (facts.Results?.Passed ?? 0, facts.Results?.Failed ?? 0, facts.Results?.Skipped ?? 0);
        run.VacuousTests.Add(facts.Results?.Vacuous ?? []);
        run.Diagnoses.Add(facts.Diagnoses);
    }

    /// <summary>Marks it as ended.</summary>
    public static void End(this Wire.Run run, DateTimeOffset now)
    {
        run.State = Wire.RunState.Ended;
        run.EndTime = now.ToTimestamp();
    }

    private static string ReceiptOf(FlashContent content) => content.IsProven ? Receipts + content.Proof.ReceiptId : "";
}
