using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Gpio;

/// <summary>
/// A named net that joins pins. Strong drivers win over resistors; low wins a conflict, which is noticed. A net that nobody drives reads low:
/// on a board that would be chance, here it has to be repeatable.
/// </summary>
internal sealed class Wire(string name, NoticeBoard notices)
{
    /// <summary>More changes than this within one moment are an oscillation.</summary>
    private const int MostRounds = 32;

    private readonly List<WireEndpoint> _endpoints = [];
    private bool _resolving;
    private bool _again;

    public string Name { get; } = name;

    public IReadOnlyList<WireEndpoint> Endpoints => _endpoints;

    /// <summary>Level of the joined part of the net.</summary>
    public bool Level { get; private set; }

    /// <summary>Adds an end that drives nothing yet.</summary>
    public WireEndpoint Add(string endpoint)
    {
        var added = new WireEndpoint(this, endpoint);
        _endpoints.Add(added);
        added.Take(Level);
        return added;
    }

    /// <summary>Cuts one end off or joins it again.</summary>
    public void SetConnected(WireEndpoint endpoint, bool connected)
    {
        endpoint.Connect(connected);
        Resolve();
    }

    /// <summary>Works the levels out again and tells who sees another one. A change made meanwhile is worked out after it.</summary>
    internal void Resolve()
    {
        if (_resolving)
        {
            _again = true;
            return;
        }

        _resolving = true;
        try
        {
            var rounds = 0;
            do
            {
                _again = false;
                ResolveOnce();
            }
            while (_again && ++rounds < MostRounds);

            if (_again)
            {
                notices.Add($"wire {Name}", $"oscillates: what it drives drives it back; it is left {(Level ? "high" : "low")}");
            }
        }
        finally
        {
            _resolving = false;
        }
    }

    private void ResolveOnce()
    {
        Level = LevelOf(_endpoints.Where(e => e.IsConnected));
        List<WireEndpoint>? changed = null;
        foreach (var endpoint in _endpoints)
        {
            if (endpoint.Take(endpoint.IsConnected ? Level : LevelOf([endpoint])))
            {
                (changed ??= []).Add(endpoint);
            }
        }

        foreach (var endpoint in changed ?? [])
        {
            endpoint.LevelChanged?.Invoke(endpoint.Level);
        }
    }

    private bool LevelOf(IEnumerable<WireEndpoint> joined)
    {
        WireEndpoint? high = null;
        WireEndpoint? low = null;
        var pulledUp = false;
        var pulledDown = false;
        foreach (var endpoint in joined)
        {
            high = endpoint.Drive == PinDrive.High ? endpoint : high;
            low = endpoint.Drive == PinDrive.Low ? endpoint : low;
            pulledUp |= endpoint.Pull == PinDrive.PullUp;
            pulledDown |= endpoint.Pull == PinDrive.PullDown;
        }

        if (high is not null && low is not null)
        {
            notices.Add($"wire {Name}", $"{high.Name} drives high against {low.Name}, which drives low");
        }

        return low is null && (high is not null || (pulledUp && !pulledDown));
    }
}
