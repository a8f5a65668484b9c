namespace FarmAgent.Simulation.Gpio;

/// <summary>
/// Wires that are one electrically: a wire by itself, or several that solder has bridged. Works their level out together, so that an open
/// drain on one pulls all of them down and lets all of them go.
/// </summary>
internal sealed class WireJoint(Wire first)
{
    /// <summary>More changes than this within one moment are an oscillation.</summary>
    private const int MostRounds = 32;

    private readonly List<Wire> _wires = [first];
    private bool _resolving;
    private bool _again;

    public IReadOnlyList<Wire> Wires => _wires;

    /// <summary>Takes another wire in.</summary>
    public void Add(Wire wire) => _wires.Add(wire);

    /// <summary>Works the levels out again and tells who sees another one. A change made meanwhile is worked out after it.</summary>
    public void Resolve()
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
                first.NoteOscillation();
            }
        }
        finally
        {
            _resolving = false;
        }
    }

    private void ResolveOnce()
    {
        var level = Short() ?? first.LevelOf(_wires.Count == 1 ? first.Joined : _wires.SelectMany(w => w.Joined));
        List<WireEndpoint>? changed = null;
        foreach (var wire in _wires)
        {
            wire.Take(level, ref changed);
        }

        foreach (var endpoint in changed ?? [])
        {
            endpoint.LevelChanged?.Invoke(endpoint.Level);
        }
    }

    /// <summary>A short circuit beats every driver; one to ground beats one to the supply.</summary>
    private bool? Short()
    {
        bool? level = null;
        foreach (var wire in _wires)
        {
            level = wire.Short is { } shorted ? shorted && level != false : level;
        }

        return level;
    }
}
