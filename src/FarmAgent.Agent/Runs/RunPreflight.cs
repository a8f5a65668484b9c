using FarmAgent.Agent.Hosting;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Safety;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Makes a board ready for a suite: safe state, reset, and time for the firmware to start. A bench that cannot even be made ready would fail
/// every test for the wrong reason, so no test is started on it.
/// </summary>
/// <param name="keeper">Brings boards into their safe state.</param>
/// <param name="contents">What is known of flashes: a chip with undefined content is not let run.</param>
internal sealed class RunPreflight(SafeStateKeeper keeper, IFlashContentSource contents)
{
    /// <summary>Makes the board ready.</summary>
    /// <param name="board">The board.</param>
    /// <param name="token">The right to touch it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What could not be done, as faults of the bench; none when it is ready.</returns>
    public async Task<IReadOnlyList<Wire.Diagnosis>> CheckAsync(BoardSession board, LeaseToken token, CancellationToken cancellationToken)
    {
        var report = await keeper.ApplyAsync(board, token, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (!report.IsSafe)
        {
            return [.. report.Failures.Select(f => Fault(f.Reason, f.Step, f.Message))];
        }

        try
        {
            await ResetAsync(board, token, cancellationToken);
        }
        catch (FarmException e)
        {
            return [Fault(e.Reason, "reset before the run", e.Message)];
        }

        await Task.Run(() => BootPause.Wait(board, cancellationToken), cancellationToken);
        return [];
    }

    // Where the safe state lets the firmware run, the reset was part of it.
    private async Task ResetAsync(BoardSession board, LeaseToken token, CancellationToken cancellationToken)
    {
        var isDone = board.Description.SafeState.Target == SafeTargetState.Run;
        if (board.Probe is { } probe && !isDone && contents.Get(board.Name).Undefined.Count == 0)
        {
            await probe.RunAsync(
                token,
                "reset before a run",
                probe.DefaultOptions with { End = SessionEnd.Running },
                (debug, _) =>
                {
                    debug.Core.ResetAndRun();
                    return true;
                },
                board.Options.SafeStateStepLimit,
                cancellationToken);
        }
    }

    private static Wire.Diagnosis Fault(string reason, string step, string message) => new()
    {
        Verdict = Wire.Verdict.Error,
        Reason = reason,
        Message = message,
        Evidence = { new Wire.Evidence { Subject = "preflight", Finding = $"{step}: not done, so no test was started" } },
    };
}
