using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Metrics;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Traces;
using FarmAgent.Boards.Checks;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Safety;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>Carries one run out: preflight, the suite in its own process, the evidence, the verdict.</summary>
internal sealed class RunExecutor(
    RunnerCommand command,
    RunnerSettings settings,
    RunTokens tokens,
    RunObservations observations,
    FlashContentTracker contents,
    SafeStateKeeper keeper,
    BoardChecker checker,
    QuarantineKeeper quarantines,
    AgentMetrics metrics,
    AgentFacts facts,
    TimeProvider time)
{
    private readonly RunPreflight _preflight = new(keeper, contents);

    /// <summary>Runs, and fills in what the run proved.</summary>
    /// <param name="run">The run.</param>
    /// <param name="plan">What it does.</param>
    /// <param name="final">The run's record, to be completed.</param>
    public async Task ExecuteAsync(ActiveRun run, RunPlan plan, Wire.Run final)
    {
        observations.Open(run.Id);
        plan.Board.Trace.Mark($"{run.Name} begins");
        var recorder = new RunRecorder(plan.Board);
        RunProblem? problem = null;
        int? exitCode = null;
        try
        {
            if (await IsReadyAsync(run, plan))
            {
                exitCode = await RunSuiteAsync(run, plan);
            }
        }
        catch (FarmException e)
        {
            problem = new RunProblem(e.Reason, e.Message);
        }
        catch (IOException e)
        {
            problem = new RunProblem("AGENT_STATE_UNUSABLE", $"The run could not be recorded: {e.Message}. Make room in the state directory.");
        }
        catch (OperationCanceledException) when (run.Stopping.IsCancellationRequested)
        {
            // Stopped before the suite began: the reason is with the run.
        }
        finally
        {
            tokens.Revoke(run.Id);
            run.Engine.Close();
        }

        if (!plan.Token.IsValid)
        {
            // The runner may have ended by the loss before the loss was told.
            run.Stop(RunStop.LeaseLost);
        }

        await recorder.SaveAsync(run.Folder.Output, CancellationToken.None);
        if (exitCode > 0)
        {
            await CheckSilenceAsync(run, plan);
        }

        await ConcludeAsync(run, plan, final, problem, exitCode);
        quarantines.Note(plan.Board, final.Verdict is Wire.Verdict.Pass or Wire.Verdict.Fail ? "" : final.Reason, final.Summary);
        metrics.RunEnded(plan.Board.Name, final.Verdict.ToString().ToUpperInvariant());
        plan.Board.Trace.Mark($"{run.Name} ended: {final.Verdict} {final.Reason}");
        if (final.Verdict != Wire.Verdict.Pass)
        {
            await TraceFiles.SaveAsync(run.Folder.Output, plan.Board);
        }

        observations.Close(run.Id);
    }

    private async Task<bool> IsReadyAsync(ActiveRun run, RunPlan plan)
    {
        if (!plan.Preflight)
        {
            return !run.Stopping.IsCancellationRequested;
        }

        var faults = await _preflight.CheckAsync(plan.Board, plan.Token, run.Stopping);
        foreach (var fault in faults)
        {
            observations.Record(run.Id, fault);
        }

        return faults.Count == 0 && !run.Stopping.IsCancellationRequested;
    }

    private async Task<int?> RunSuiteAsync(ActiveRun run, RunPlan plan)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FARM_AGENT"] = facts.Listeners[0],
            ["FARM_BOARD"] = ResourceNames.OfBoard(plan.Board.Name),
            ["FARM_LEASE"] = ResourceNames.OfLease(run.Lease),
            ["FARM_TOKEN_FILE"] = run.Folder.WriteToken(tokens.Issue(run.Id, run.Lease, plan.Board.Name)),
            ["FARM_REPORT_FILE"] = run.Folder.ReportFile,
            ["FARM_RUN_EVENTS"] = plan.Events,
            ["TMPDIR"] = run.Folder.Temporary,
            ["DOTNET_GCHeapHardLimit"] = RunnerMemory.HeapLimit,
        };
        var arguments = RunnerCommand.ArgumentsOf(plan.Arguments, plan.Board.Backend.IsVirtual, run.Folder.Output, plan.Suite);
        var folder = Directory.Exists(plan.Suite) ? plan.Suite : Path.GetDirectoryName(plan.Suite)!;
        using var process = RunnerProcess.Start(new RunnerStart(command.Find(), arguments, folder, variables), time);
        var console = new RunConsole(run.Events, RunConsole.DefaultLimit);
        return await process.RunAsync(console.Output, console.Error, settings.StopGrace, run.Stopping);
    }

    /// <summary>
    /// A device that was silent for no reason that could be seen from outside may be so because of a cut wire. That is found out before its firmware is
    /// blamed.
    /// </summary>
    private async Task CheckSilenceAsync(ActiveRun run, RunPlan plan)
    {
        var seen = observations.Of(run.Id);
        if (plan.Board.Probe is null || !plan.Token.IsValid || run.Stopping.IsCancellationRequested
            || seen.All(d => d.Reason != "DUT_SILENT") || seen.Any(d => d.Verdict == Wire.Verdict.Error))
        {
            return;
        }

        try
        {
            var report = await checker.CheckAsync(plan.Board, plan.Token, run.Stopping);
            quarantines.Checked(plan.Board, report);
            foreach (var culprit in report.Culprits)
            {
                observations.Record(run.Id, new Wire.Diagnosis
                {
                    Verdict = Wire.Verdict.Error,
                    Reason = culprit.Reason,
                    Message = $"{culprit.Subject}: {culprit.Text}",
                    Evidence = { new Wire.Evidence { Subject = "check of the board", Finding = $"{culprit.Subject}: {culprit.Reason}" } },
                });
            }
        }
        catch (FarmException e)
        {
            // Without a check the firmware stays suspect, and the trace says why there was none.
            plan.Board.Trace.Mark($"check of the board: {e.Reason}");
        }
        catch (OperationCanceledException)
        {
            // The run was stopped meanwhile; its conclusion says so.
        }
    }

    private async Task ConcludeAsync(ActiveRun run, RunPlan plan, Wire.Run final, RunProblem? problem, int? exitCode)
    {
        var results = await SuiteResultFiles.ReadAsync(run.Folder, CancellationToken.None);
        var seen = observations.Of(run.Id).Select(d => d.Reason).ToHashSet(StringComparer.Ordinal);
        foreach (var fault in results?.BenchFaults().Where(f => !seen.Contains(f.Reason)) ?? [])
        {
            observations.Record(run.Id, fault);
        }

        var content = contents.Get(plan.Board.Name);
        final.Conclude(
            new RunFacts
            {
                Stop = run.Why,
                Problem = problem,
                ExitCode = exitCode,
                Results = results,
                NotProven = content.IsProven ? null : content.Intent is { } intent ? $"{intent.Description} is at work" : content.InvalidReason,
                Diagnoses = observations.Of(run.Id),
            },
            content);
    }
}
