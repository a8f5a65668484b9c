namespace FarmAgent.Simulation.Mcu;

/// <summary>An output of a peripheral, and the pin that it has now: a remap moves it to another one.</summary>
internal sealed class AlternateOutput
{
    private bool? _level;

    /// <summary>What the peripheral drives; null while it leaves the pin alone.</summary>
    public bool? Level
    {
        get => _level;
        set
        {
            if (_level != value)
            {
                _level = value;
                Pin?.UpdateAlternate();
            }
        }
    }

    /// <summary>The pin; null where the remap leads to a pin that the package does not have.</summary>
    public GpioPin? Pin { get; private set; }

    /// <summary>Moves the output to another pin.</summary>
    public void Route(GpioPin? pin)
    {
        if (pin != Pin)
        {
            Pin?.SetDriver(this, present: false);
            Pin = pin;
            pin?.SetDriver(this, present: true);
        }
    }
}
