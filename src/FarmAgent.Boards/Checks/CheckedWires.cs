using FarmAgent.Boards.Sessions;

namespace FarmAgent.Boards.Checks;

/// <summary>A host line and the pin that it is wired to.</summary>
internal sealed record CheckedLine(BoardGpioLine Line, DutPin Pin)
{
    public string Name => $"{Line.Description.Name} to {Pin}";
}

/// <summary>An adapter and the pins that it is wired to.</summary>
internal sealed record CheckedBus(BoardI2cBus Bus, DutPin Scl, DutPin Sda);

/// <summary>The wires of a board whose both ends are described.</summary>
internal sealed class CheckedWires
{
    public CheckedWires(BoardSession session)
    {
        foreach (var line in session.GpioLines)
        {
            if (DutPin.TryParse(line.Description.WiredTo, out var pin))
            {
                Lines.Add(new CheckedLine(line, pin));
            }
            else
            {
                Untold.Add((line.Description.Name, "its description does not say to which pin it is wired ('wired_to: PA0')"));
            }
        }

        foreach (var bus in session.I2cBuses)
        {
            if (bus.Description.Shared)
            {
                Untold.Add((bus.Description.Name, "the adapter is shared with other boards, which a check would disturb"));
            }
            else if (DutPin.TryParse(bus.Description.SclPin, out var scl) && DutPin.TryParse(bus.Description.SdaPin, out var sda))
            {
                Buses.Add(new CheckedBus(bus, scl, sda));
            }
            else
            {
                Untold.Add((bus.Description.Name, "its description does not say to which pins it is wired ('scl: PB6', 'sda: PB7')"));
            }
        }

        Untold.AddRange(session.Consoles.Select(c => (c.Description.Name, "serial lines are not driven by a check")));
    }

    public List<CheckedLine> Lines { get; } = [];

    public List<CheckedBus> Buses { get; } = [];

    /// <summary>What cannot be checked, and why.</summary>
    public List<(string Name, string Why)> Untold { get; } = [];

    /// <summary>Every pin at rest: lines pulled one way, buses left to their own pull-ups.</summary>
    public Dictionary<DutPin, PinSetting> AtRest(PinSetting pull)
    {
        var settings = Lines.Select(l => l.Pin).Distinct().ToDictionary(p => p, _ => pull);
        foreach (var bus in Buses)
        {
            (settings[bus.Scl], settings[bus.Sda]) = (PinSetting.Floating, PinSetting.Floating);
        }

        return settings;
    }

    /// <summary>What hangs on a pin, for people.</summary>
    public string NameOf(DutPin pin) =>
        Lines.FirstOrDefault(l => l.Pin == pin)?.Name
        ?? Buses.Where(b => b.Scl == pin).Select(b => $"{b.Bus.Description.Name} SCL to {pin}").FirstOrDefault()
        ?? Buses.Where(b => b.Sda == pin).Select(b => $"{b.Bus.Description.Name} SDA to {pin}").FirstOrDefault()
        ?? pin.ToString();
}
