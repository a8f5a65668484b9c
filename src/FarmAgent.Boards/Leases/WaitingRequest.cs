using System.Threading.Channels;

namespace FarmAgent.Boards.Leases;

/// <summary>A request in line, with everybody who waits for its answer. Guarded by the manager's lock.</summary>
internal sealed class WaitingRequest(LeaseRequest request, IReadOnlyList<string> candidates)
{
    public LeaseRequest Request { get; } = request;

    /// <summary>Boards it would take.</summary>
    public IReadOnlyList<string> Candidates { get; } = candidates;

    /// <summary>True once a holder was asked to give a board up for it.</summary>
    public bool HasAsked { get; set; }

    /// <summary>True when the holder that was asked keeps the board.</summary>
    public bool IsDeclined { get; set; }

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
        // An estimate alone is not worth a message.
        if (Last is not { } last || place != last with { Estimate = place.Estimate })
        {
            Last = place;
            Positions.Writer.TryWrite(place);
        }
    }
}
