using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Mcu;

/// <summary>One pin of a GPIO port: four configuration bits, the output bit, what a peripheral wants on it, and the wire.</summary>
internal sealed class GpioPin(WireEndpoint endpoint)
{
    private const uint InputFloating = 0b0100;

    private uint _configuration = InputFloating;
    private bool _output;
    private bool? _alternate;
    private List<AlternateOutput>? _drivers;
    private PinDrive? _debugPull;

    public WireEndpoint Endpoint { get; } = endpoint;

    /// <summary>The resistor that the debug port puts on the pin while the pin is its own; null when it is a plain one (RM0008 section 31.4).</summary>
    public PinDrive? DebugPull
    {
        get => _debugPull;
        set
        {
            if (_debugPull != value)
            {
                _debugPull = value;
                Apply();
            }
        }
    }

    /// <summary>The level that IDR and input peripherals see; an analog pin reads 0.</summary>
    public bool Input => _configuration != 0 && Endpoint.Level;

    /// <summary>True in alternate function open-drain mode.</summary>
    public bool IsAlternateOpenDrain => IsOutput && Cnf == 3;

    /// <summary>True in alternate function push-pull mode.</summary>
    public bool IsAlternatePushPull => IsOutput && Cnf == 2;

    /// <summary>True in a digital input mode.</summary>
    public bool IsInput => !IsOutput && Cnf != 0;

    private bool IsOutput => (_configuration & 3) != 0;

    private uint Cnf => _configuration >> 2;

    /// <summary>Takes CNF and MODE (RM0008 table 20) and the bit of ODR.</summary>
    public void Configure(uint configuration, bool output)
    {
        if (configuration != _configuration || output != _output)
        {
            _configuration = configuration;
            _output = output;
            Apply();
        }
    }

    /// <summary>Connects a peripheral's output to the pin, or takes it away.</summary>
    internal void SetDriver(AlternateOutput driver, bool present)
    {
        if (present)
        {
            (_drivers ??= []).Add(driver);
        }
        else
        {
            _drivers?.Remove(driver);
        }

        UpdateAlternate();
    }

    /// <summary>Where several peripherals want the pin, the one that was connected first has it.</summary>
    internal void UpdateAlternate()
    {
        bool? wanted = null;
        foreach (var driver in _drivers ?? [])
        {
            wanted ??= driver.Level;
        }

        if (wanted != _alternate)
        {
            _alternate = wanted;
            Apply();
        }
    }

    private void Apply()
    {
        if (_debugPull is { } debugPull)
        {
            Endpoint.Set(PinDrive.None, debugPull);
            return;
        }

        var (drive, pull) = (IsOutput, Cnf) switch
        {
            (false, 2) => (PinDrive.None, _output ? PinDrive.PullUp : PinDrive.PullDown),
            (false, _) => (PinDrive.None, PinDrive.None),
            (true, 0) => (_output ? PinDrive.High : PinDrive.Low, PinDrive.None),
            (true, 1) => (_output ? PinDrive.None : PinDrive.Low, PinDrive.None),
            (true, 2) => (_alternate switch { true => PinDrive.High, false => PinDrive.Low, null => PinDrive.None }, PinDrive.None),
            _ => (_alternate == false ? PinDrive.Low : PinDrive.None, PinDrive.None),
        };
        Endpoint.Set(drive, pull);
    }
}
