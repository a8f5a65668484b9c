using FarmAgent.Api.V1;
using FarmAgent.Robot.Running;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Keywords.Sessions;

/// <summary>
/// The run's clock: on a virtual bench in lockstep a sleep advances the bench and the run's own time by the same amount, without waiting;
/// everywhere else it waits.
/// </summary>
internal sealed class BenchRobotClock(FarmSession session, IRobotClock wall) : IRobotClock
{
    // The agent takes at most an hour a call.
    private static readonly TimeSpan LongestAdvance = TimeSpan.FromHours(1);

    private bool? _isLockstep;
    private TimeSpan _advanced;

    public DateTimeOffset Now => wall.Now + _advanced;

    public TimeSpan Monotonic => wall.Monotonic + _advanced;

    public void Sleep(TimeSpan duration, CancellationToken cancellationToken)
    {
        if (!IsLockstep())
        {
            wall.Sleep(duration, cancellationToken);
            return;
        }

        while (duration > TimeSpan.Zero)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var step = duration < LongestAdvance ? duration : LongestAdvance;
            try
            {
                session.Client.Bench.AdvanceClock(
                    new AdvanceClockRequest { Board = session.BoardName, Lease = session.Lease, Duration = Duration.FromTimeSpan(step) },
                    cancellationToken: cancellationToken);
            }
            catch (RpcException) when (!cancellationToken.IsCancellationRequested)
            {
                // The bench cannot be advanced (any more); the keyword that needs the board will say why.
                wall.Sleep(step, cancellationToken);
                duration -= step;
                continue;
            }

            _advanced += step;
            duration -= step;
        }
    }

    private bool IsLockstep()
    {
        if (_isLockstep is { } known)
        {
            return known;
        }

        var lockstep = false;
        if (session.HasBoard)
        {
            try
            {
                lockstep = session.Board.Bench == BenchKind.Virtual
                    && session.Client.Bench.GetBench(new GetBenchRequest { Board = session.BoardName }).ClockMode == ClockMode.Lockstep;
            }
            catch (RpcException)
            {
                // Somebody else's clock, or none: wait.
            }
        }

        _isLockstep = lockstep;
        return lockstep;
    }
}
