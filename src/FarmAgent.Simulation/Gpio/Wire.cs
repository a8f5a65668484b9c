using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Gpio;

/// <summary>
/// A named net that joins pins. Strong drivers win over resistors; low wins a conflict, which is noticed. A net that nobody drives reads low:
/// on a board that would be chance, here it has to be repeatable.
/// </summary>
internal sealed class Wire
{
    private readonly NoticeBoard _notices;
    private readonly List<WireEndpoint> _endpoints = [];
    private readonly List<Wire> _bridged = [];
    private WireJoint _joint;
    private bool? _short;

    public Wire(string name, NoticeBoard notices)
    {
        Name = name;
        _notices = notices;
        _joint = new WireJoint(this);
    }

    public string Name { get; }

    public IReadOnlyList<WireEndpoint> Endpoints => _endpoints;

    /// <summary>Level of the joined part of the net.</summary>
    public bool Level { get; private set; }

    /// <summary>Called when <see cref="Level"/> has changed, before the ends are told.</summary>
    public Action<bool>? LevelChanged { get; set; }

    /// <summary>A short circuit to the supply (true) or to ground (false), which beats every driver; null for none.</summary>
    public bool? Short
    {
        get => _short;
        set
        {
            _short = value;
            Resolve();
        }
    }

    /// <summary>True while another net touches it.</summary>
    public bool IsBridged => _bridged.Count > 0;

    /// <summary>The ends that are not cut off.</summary>
    internal IEnumerable<WireEndpoint> Joined => _endpoints.Where(e => e.IsConnected);

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

    /// <summary>True when bridges make one of both.</summary>
    public bool IsJoinedTo(Wire other) => _joint == other._joint;

    /// <summary>Bridges two nets, or takes the bridge away.</summary>
    public void SetBridged(Wire other, bool bridged)
    {
        if (bridged == _bridged.Contains(other) || other == this)
        {
            return;
        }

        if (bridged)
        {
            _bridged.Add(other);
            other._bridged.Add(this);
        }
        else
        {
            _bridged.Remove(other);
            other._bridged.Remove(this);
        }

        Rejoin();
        if (other._joint != _joint)
        {
            other.Rejoin();
            other.Resolve();
        }

        Resolve();
    }

    /// <summary>Works the levels out again and tells who sees another one.</summary>
    internal void Resolve() => _joint.Resolve();

    internal void NoteOscillation() =>
        _notices.Add($"wire {Name}", $"oscillates: what it drives drives it back; it is left {(Level ? "high" : "low")}");

    /// <summary>Takes the level that was worked out; ends that are cut off see only themselves.</summary>
    internal void Take(bool level, ref List<WireEndpoint>? changed)
    {
        if (level != Level)
        {
            Level = level;
            LevelChanged?.Invoke(level);
        }

        foreach (var endpoint in _endpoints)
        {
            if (endpoint.Take(endpoint.IsConnected ? level : LevelOf([endpoint])))
            {
                (changed ??= []).Add(endpoint);
            }
        }
    }

    internal bool LevelOf(IEnumerable<WireEndpoint> joined)
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
            _notices.Add($"wire {Name}", $"{high.Name} drives high against {low.Name}, which drives low");
        }

        return low is null && (high is not null || (pulledUp && !pulledDown));
    }

    /// <summary>Gives this net and all that bridges lead to a joint of their own.</summary>
    private void Rejoin()
    {
        var joint = new WireJoint(this);
        _joint = joint;
        for (var index = 0; index < joint.Wires.Count; index++)
        {
            foreach (var next in joint.Wires[index]._bridged.Where(w => !joint.Wires.Contains(w)))
            {
                next._joint = joint;
                joint.Add(next);
            }
        }
    }
}
