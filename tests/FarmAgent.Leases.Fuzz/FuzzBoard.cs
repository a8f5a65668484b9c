using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;

namespace FarmAgent.Leases.Fuzz;

/// <summary>
/// The device behind the fence, and the judge: it knows nothing of the manager, only who reached it in which order. Whoever reaches it does
/// so one at a time, as on a device's own thread.
/// </summary>
internal sealed class FuzzBoard(string name)
{
    private readonly Lock _lock = new();
    private long _lastFence;
    private string _lastLease = "";
    private string _lastIdentity = "";
    private bool _dirty;
    private bool _excused;
    private long _over;

    public string Name => name;

    /// <summary>What broke, first of all.</summary>
    public string? Problem { get; private set; }

    public bool IsSafe
    {
        get
        {
            lock (_lock)
            {
                return !_dirty || _excused;
            }
        }
    }

    /// <summary>Touches the device under a lease, where the fence lets it through.</summary>
    /// <returns>Whether it was reached.</returns>
    public bool Touch(LeaseToken token, string lease, string identity)
    {
        lock (_lock)
        {
            if (!Passes(token))
            {
                return false;
            }

            Judge(token.Value, lease, identity);
            return true;
        }
    }

    /// <summary>It was said that leases up to this fence are over: nothing of them may come from now on.</summary>
    public void Over(long fence)
    {
        lock (_lock)
        {
            _over = Math.Max(_over, fence);
        }
    }

    /// <summary>A lease goes on in another process. Its end may have been said by a process that died before it could write that down; that one alone comes back.</summary>
    public void Restored(Lease lease)
    {
        lock (_lock)
        {
            if (lease.Fence < _lastFence)
            {
                Break($"{lease.Owner} ({lease.Id}, fence {lease.Fence}) goes on with {name}, which fence {_lastFence} of {_lastIdentity} ({_lastLease}) had reached");
            }

            _over = lease.Fence - 1;
        }
    }

    /// <summary>Brings the device into its safe state.</summary>
    public bool Settle(LeaseToken token)
    {
        lock (_lock)
        {
            if (!Passes(token))
            {
                return false;
            }

            (_dirty, _excused) = (false, false);
            return true;
        }
    }

    /// <summary>The way into the safe state was made to fail: who comes next finds what was left.</summary>
    public void Excuse()
    {
        lock (_lock)
        {
            _excused = true;
        }
    }

    /// <summary>The process died; whatever it did, the next one has to settle first.</summary>
    public void Crashed()
    {
        lock (_lock)
        {
            (_dirty, _excused) = (true, false);
        }
    }

    private void Judge(long fence, string lease, string identity)
    {
        var isSame = fence == _lastFence;
        if (fence <= _over)
        {
            Break($"fence {fence} of {identity} ({lease}) reached {name} after it was said that it is over");
        }
        else if (fence < _lastFence)
        {
            Break($"fence {fence} of {identity} ({lease}) reached {name} after fence {_lastFence} of {_lastIdentity} ({_lastLease})");
        }
        else if (isSame && (lease != _lastLease || identity != _lastIdentity))
        {
            Break($"{identity} ({lease}) reached {name} with fence {fence}, which is that of {_lastIdentity} ({_lastLease})");
        }
        else if (!isSame && lease != _lastLease && _dirty && !_excused)
        {
            Break($"{identity} ({lease}, fence {fence}) reached {name} as {_lastIdentity} ({_lastLease}) had left it: no safe state between them");
        }

        if (lease != _lastLease)
        {
            _excused = false;
        }

        (_lastFence, _lastLease, _lastIdentity, _dirty) = (fence, lease, identity, true);
    }

    private static bool Passes(LeaseToken token)
    {
        try
        {
            token.Check();
            return true;
        }
        catch (BoardException e) when (e.Reason == "LEASE_LOST")
        {
            return false;
        }
    }

    private void Break(string what) => Problem ??= what;
}
