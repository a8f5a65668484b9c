namespace FarmAgent.Simulation.Gpio;

/// <summary>One end of a wire: a pin of the chip, a line of the host, a resistor.</summary>
internal sealed class WireEndpoint
{
    private PinDrive _drive;
    private PinDrive _pull;

    internal WireEndpoint(Wire wire, string name)
    {
        Wire = wire;
        Name = name;
    }

    /// <summary>The wire it belongs to, cut or not.</summary>
    public Wire Wire { get; }

    /// <summary>Owner and pin, for example <c>dut:PA0</c>.</summary>
    public string Name { get; }

    /// <summary>False while it is cut off: then it sees only itself.</summary>
    public bool IsConnected { get; private set; } = true;

    /// <summary>Level as this end sees it; true is high.</summary>
    public bool Level { get; private set; }

    /// <summary>Called when <see cref="Level"/> has changed.</summary>
    public Action<bool>? LevelChanged { get; set; }

    /// <summary>Strong drive: <see cref="PinDrive.High"/>, <see cref="PinDrive.Low"/> or none.</summary>
    public PinDrive Drive
    {
        get => _drive;
        set => Set(value, _pull);
    }

    /// <summary>Resistor: <see cref="PinDrive.PullUp"/>, <see cref="PinDrive.PullDown"/> or none.</summary>
    public PinDrive Pull
    {
        get => _pull;
        set => Set(_drive, value);
    }

    /// <summary>Sets drive and resistor in one step, so that no level in between is seen.</summary>
    public void Set(PinDrive drive, PinDrive pull)
    {
        if (drive == _drive && pull == _pull)
        {
            return;
        }

        _drive = drive;
        _pull = pull;
        Wire.Resolve();
    }

    internal void Connect(bool connected) => IsConnected = connected;

    /// <summary>Takes a new level; the owner is told by <see cref="Wire"/> once all ends have theirs.</summary>
    internal bool Take(bool level)
    {
        var changed = level != Level;
        Level = level;
        return changed;
    }
}
