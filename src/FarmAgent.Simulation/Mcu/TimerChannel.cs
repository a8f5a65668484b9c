using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>One capture/compare channel of a timer (RM0008 sections 14.3.5 to 14.3.10): compare with output to a pin, or capture of a pin's edges.</summary>
internal sealed class TimerChannel(Register mode, Register enable, Register compare, int index)
{
    private const int Frozen = 0;
    private const int Active = 1;
    private const int Inactive = 2;
    private const int Toggle = 3;
    private const int ForceInactive = 4;
    private const int ForceActive = 5;
    private const int Pwm1 = 6;
    private const int Pwm2 = 7;

    private readonly AlternateOutput _output = new();
    private uint _activeCompare;
    private bool _reference;

    /// <summary>Asks for a transfer at each match or capture.</summary>
    public DmaRequest Request { get; } = new(isPulse: true);

    /// <summary>Flag of the channel in SR, and its enable in DIER.</summary>
    public uint Flag => 2u << index;

    /// <summary>The pin; null where the package has none.</summary>
    public GpioPin? Pin => _output.Pin;

    /// <summary>True while the counter is compared; false while the channel captures.</summary>
    public bool Compares => Selection == 0;

    /// <summary>The value in force: CCRx, or with preload what it was at the last update.</summary>
    public uint CompareValue => IsPreloaded ? _activeCompare : compare.Value;

    /// <summary>True while matches are seen at a pin.</summary>
    public bool DrivesPin => Compares && IsEnabled && Mode != Frozen;


    private uint ModeBits => (mode.Value >> (8 * (index & 1))) & 0xFF;

    private uint Selection => ModeBits & 3;

    private int Mode => (int)((ModeBits >> 4) & 7);

    private bool IsPreloaded => Compares && (ModeBits & 8) != 0;

    private bool IsEnabled => enable.Has(1u << (4 * index));

    private bool IsInverted => enable.Has(2u << (4 * index));

    /// <summary>Gives it another pin.</summary>
    public void Route(GpioPin? pin) => _output.Route(pin);

    public void Reset()
    {
        _activeCompare = 0;
        _reference = false;
        _output.Level = null;
        Request.IsActive = false;
    }

    /// <summary>An update: the preloaded value comes into force.</summary>
    public void TakePreload() => _activeCompare = compare.Value;

    /// <summary>The counter has met the compare value.</summary>
    public void Match()
    {
        _reference = Mode switch
        {
            Active => true,
            Inactive => false,
            Toggle => !_reference,
            _ => _reference,
        };
    }

    /// <summary>Brings the pin in step with counter and mode.</summary>
    /// <param name="counter">CNT now.</param>
    /// <param name="mainOutput">False while MOE of an advanced timer keeps the outputs off.</param>
    public void Drive(uint counter, bool mainOutput)
    {
        _reference = Mode switch
        {
            ForceInactive => false,
            ForceActive => true,
            Pwm1 => counter < CompareValue,
            Pwm2 => counter >= CompareValue,
            _ => _reference,
        };
        _output.Level = Compares && IsEnabled && mainOutput ? _reference != IsInverted : null;
    }

    /// <summary>True if an edge of a pin is to be captured.</summary>
    /// <param name="edgeOf">Channel whose pin it is.</param>
    /// <param name="rising">Its direction.</param>
    public bool Captures(int edgeOf, bool rising)
    {
        var source = Selection switch
        {
            1 => index,
            2 => index ^ 1,
            _ => -1,
        };
        return source == edgeOf && IsEnabled && rising != IsInverted;
    }
}
