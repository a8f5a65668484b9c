using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Boards.Safety;

/// <summary>
/// Brings a board into the state its owner declared for the time in which nobody uses it. A step that fails is recorded and the next one
/// tried: half a safe state is better than none, and none is ever hidden.
/// </summary>
/// <param name="contents">What is known of flashes: a chip with undefined content is not let run.</param>
/// <param name="time">Wall time.</param>
public sealed class SafeStateKeeper(IFlashContentSource contents, TimeProvider time)
{
    /// <summary>Applies the safe state. Host lines first, then the supply, then the device under test.</summary>
    /// <param name="session">The board.</param>
    /// <param name="token">The right to touch it.</param>
    /// <param name="cancellationToken">Ends it after the step at work; the rest is recorded as not done.</param>
    /// <returns>What was done and what could not be; also kept with the session.</returns>
    public async Task<SafeStateReport> ApplyAsync(BoardSession session, LeaseToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var done = new List<string>();
        var failed = new List<SafeStateFailure>();
        foreach (var line in session.GpioLines)
        {
            var level = line.Description.SafeLevel switch { true => "high", false => "low", null => "input" };
            await TryAsync(
                $"line {line.Description.Name} to {level}",
                isDevice: true,
                () =>
                {
                    line.MakeSafe(token);
                    return Task.CompletedTask;
                });
        }

        var powered = true;
        if (session.Power is { } power)
        {
            await TryAsync(
                $"power {(power.Description.Safe switch { SafePower.On => "on", SafePower.Off => "off", _ => "as it was" })}",
                isDevice: true,
                async () => powered = await Task.Run(() => session.MakePowerSafe(token, cancellationToken), cancellationToken));
        }

        var target = TargetStateOf(session);
        if (powered && session.Probe is { } probe && target != SafeTargetState.Leave)
        {
            await TryAsync(
                target == SafeTargetState.Halt ? "device under test reset and halted" : "device under test reset",
                isDevice: probe.Presence.Problem is not null,
                () => ResetAsync(session, probe, target, token, cancellationToken));
        }

        var report = new SafeStateReport(session.Name, time.GetUtcNow(), done, failed);
        session.Remember(report);
        return report;

        async Task TryAsync(string step, bool isDevice, Func<Task> action)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await action();
                done.Add(step);
            }
            catch (FarmException e)
            {
                failed.Add(new SafeStateFailure(step, e.Reason, $"safe state, {step}: {e.Message}", isDevice));
            }
            catch (OperationCanceledException)
            {
                failed.Add(new SafeStateFailure(step, "SAFE_STATE_TIMEOUT", $"safe state, {step}: not done, its time was over. Look after the board's devices.", isDevice));
            }
        }
    }

    private SafeTargetState TargetStateOf(BoardSession session)
    {
        // Whatever an interrupted flash left must not run and drive pins.
        var declared = session.Description.SafeState.Target;
        return declared == SafeTargetState.Run && contents.Get(session.Name).Undefined.Count > 0 ? SafeTargetState.Halt : declared;
    }

    private static Task<bool> ResetAsync(
        BoardSession session, BoardProbe probe, SafeTargetState target, LeaseToken token, CancellationToken cancellationToken)
    {
        var halt = target == SafeTargetState.Halt;
        var options = probe.DefaultOptions with { End = halt ? SessionEnd.Halted : SessionEnd.Running };
        return probe.RunAsync(
            token,
            "reset into the safe state",
            options,
            (debug, _) =>
            {
                if (halt)
                {
                    debug.Core.ResetAndHalt();
                }
                else
                {
                    debug.Core.ResetAndRun();
                }

                return true;
            },
            session.Options.SafeStateStepLimit,
            cancellationToken);
    }
}
