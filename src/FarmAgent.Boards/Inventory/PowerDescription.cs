namespace FarmAgent.Boards.Inventory;

/// <summary>What switches a board's supply: a relay at a line of the host, or the USB port that feeds it.</summary>
public sealed record PowerDescription
{
    /// <summary>The relay's line as the backend knows it, for example <c>PG7</c>; null for a USB port.</summary>
    public string? Relay { get; init; }

    /// <summary>Level of the line that switches the supply on: true for high.</summary>
    public bool ActiveHigh { get; init; } = true;

    /// <summary>The USB port by bus and port chain, for example <c>1-1.3</c>; null for a relay. A probe on that port goes off with it.</summary>
    public string? UsbPort { get; init; }

    /// <summary>How long the supply stays off in a power cycle, so that capacitors are empty.</summary>
    public TimeSpan OffTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after the supply came on the board can be used.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The supply while nobody uses the board.</summary>
    public SafePower Safe { get; init; } = SafePower.On;

    /// <summary>The switch for a person, for example <c>relay PG7</c>.</summary>
    public string SwitchName => Relay is not null ? $"relay {Relay}" : $"USB port {UsbPort}";
}

/// <summary>A board's supply while nobody uses it.</summary>
public enum SafePower
{
    /// <summary>On. The default: the next user finds the board powered.</summary>
    On,

    /// <summary>Off; the next user switches it on.</summary>
    Off,

    /// <summary>As it was left.</summary>
    Leave,
}
