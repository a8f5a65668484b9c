using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Safety;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>What a run does.</summary>
/// <param name="Board">The board.</param>
/// <param name="Token">The right to touch it.</param>
/// <param name="Suite">Path of what is run.</param>
/// <param name="Arguments">The user's options.</param>
/// <param name="Preflight">True brings the board into its safe state first.</param>
internal sealed record RunPlan(BoardSession Board, LeaseToken Token, string Suite, IReadOnlyList<string> Arguments, bool Preflight);

/// <summary>Carries one run out: preflight, the engine in its own process, the evidence, the verdict.</summary>
internal sealed class RunExecutor(
    RunnerCommand command,
    RunnerSettings settings,
    RunTokens tokens,
    RunObservations observations,
    FlashContentTracker contents,
    SafeStateKeeper keeper,
    AgentFacts facts,
    TimeProvider time)
{
    /// <summary>Runs and fills in what the run proved.</summary>
    public async Task ExecuteAsync(ActiveRun run, RunPlan plan, Wire.Run final)
    {
        observations.Open(run.Id);
        var consoles = plan.Board.Consoles.Select(c => (Recorder: c, Start: c.End)).ToList();
        var notFlashedAtStart = NotFlashed(plan.Board);
        var (exitCode, neverRan) = (default(int?), default(Wire.Diagnosis));
        try
        {
            neverRan = plan.Preflight ? await PreflightAsync(plan, run.Stopping) : null;
            if (neverRan is null && !run.Stopping.IsCancellationRequested)
            {
                exitCode = await RunEngineAsync(run, plan);
            }
        }
        catch (FarmException e)
        {
            neverRan = new Wire.Diagnosis { Verdict = Wire.Verdict.Error, Reason = e.Reason, Message = e.Message };
        }
        catch (OperationCanceledException) when (run.Stopping.IsCancellationRequested)
        {
            // Stopped during the preflight: the reason is with the run.
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            neverRan = new Wire.Diagnosis { Verdict = Wire.Verdict.Error, Reason = "RUNNER_FAILED", Message = $"The engine could not be started: {e.Message}." };
        }
        finally
        {
            tokens.Revoke(run.Id);
            run.Folder.Clean();
        }

        foreach (var (recorder, start) in consoles)
        {
            await SaveConsoleAsync(run, recorder, start);
        }

        var report = RunnerReport.Read(run.Folder.ReportFile);
        var observed = observations.Of(run.Id);
        observations.Close(run.Id);
        (final.Verdict, final.Reason, final.Summary) = RunJudge.Judge(new RunFacts
        {
            ExitCode = exitCode,
            Stop = run.Why,
            Observed = observed,
            NotFlashed = notFlashedAtStart ?? NotFlashed(plan.Board),
            NeverRan = neverRan,
            Report = report,
        });
        final.RobotExitCode = exitCode ?? -1;
        (final.Passed, final.Failed, final.Skipped) = (report?.Passed ?? 0, report?.Failed ?? 0, report?.Skipped ?? 0);
        final.VacuousTests.Add(report?.Vacuous ?? []);
        final.Diagnoses.Add(neverRan is null ? observed : [neverRan, .. observed]);
    }

    private string? NotFlashed(BoardSession board)
    {
        var content = contents.Get(board.Name);
        return board.Probe is null || content.IsProven ? null
            : content.Intent is { } intent ? $"{intent.Description} is at work"
            : content.InvalidReason;
    }

    private async Task<Wire.Diagnosis?> PreflightAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var report = await keeper.ApplyAsync(plan.Board, plan.Token, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return report.IsSafe
            ? null
            : new Wire.Diagnosis
            {
                Verdict = Wire.Verdict.Error,
                Reason = report.Failures[0].Reason,
                Message = $"The board could not be made ready ({report.Failures[0].Step}): {report.Failures[0].Message}",
            };
    }

    private async Task<int> RunEngineAsync(ActiveRun run, RunPlan plan)
    {
        var program = command.Find();
        var tokenFile = run.Folder.WriteToken(tokens.Issue(run.Id, run.Lease));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FARM_AGENT"] = facts.Listeners[0],
            ["FARM_BOARD"] = "boards/" + plan.Board.Name,
            ["FARM_LEASE"] = "leases/" + run.Lease,
            ["FARM_TOKEN_FILE"] = tokenFile,
            ["FARM_REPORT_FILE"] = run.Folder.ReportFile,
        };
        var arguments = RunnerCommand.ArgumentsOf(plan.Arguments, run.Folder.Output, plan.Suite);
        using var process = RunnerProcess.Start(program, arguments, run.Folder.Output, environment);
        await using var stop = run.Stopping.Register(() => _ = EndAsync(process));
        return await process.WaitAsync(
            line => run.Events.Append(new Wire.RunEvent { Console = line }),
            line => run.Events.Append(new Wire.RunEvent { ErrorOutput = line }));
    }

    // Teardowns get their time, then the process and all it started get none.
    private async Task EndAsync(RunnerProcess process)
    {
        process.Interrupt();
        await Task.Delay(settings.StopGrace, time, CancellationToken.None);
        process.Kill();
    }

    private static async Task SaveConsoleAsync(ActiveRun run, Boards.Consoles.SerialRecorder recorder, long start)
    {
        if (recorder.End <= start)
        {
            return;
        }

        await using var file = File.Create(Path.Combine(run.Folder.Output, $"serial-{recorder.Description.Name}.log"));
        await foreach (var chunk in recorder.ReadAsync(start, follow: false, CancellationToken.None))
        {
            await file.WriteAsync(chunk.Data);
        }
    }
}
