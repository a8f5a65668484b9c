using System.Threading.Channels;

namespace FarmAgent.Boards.Leases;

/// <summary>A request in line, with everybody who waits for its answer. Guarded by the manager's lock.</summary>
internal sealed class WaitingRequest(LeaseRequest request, IReadOnlyList<string> candidates)
{
    public LeaseRequest Request { get; } = request;

    /// <summary>Boards it would take.</summary>
    public IReadOnlyList<string> Candidates { get; } = candidates;

    public List<WaitingCaller> Callers { get; } = [];

    public TaskCompletionSource<AcquireOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Complete(AcquireOutcome outcome)
    {
        Outcome.TrySetResult(outcome);
        CloseChannels();
    }

    public void Fail(Exception reason)
    {
        Outcome.TrySetException(reason);
        CloseChannels();
    }

    private void CloseChannels()
    {
        foreach (var caller in Callers)
        {
            caller.Positions.Writer.TryComplete();
        }
    }
}

/// <summary>One caller that waits for a request; it is told only the latest place in the line.</summary>
internal sealed class WaitingCaller
{
    public Channel<LeaseWaiter> Positions { get; } =
        Channel.CreateBounded<LeaseWaiter>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>True once the caller has its answer in hand.</summary>
    public bool Answered { get; set; }

    private LeaseWaiter? Last { get; set; }

    public void Tell(LeaseWaiter place)
    {
        if (place != Last)
        {
            Last = place;
            Positions.Writer.TryWrite(place);
        }
    }
}
